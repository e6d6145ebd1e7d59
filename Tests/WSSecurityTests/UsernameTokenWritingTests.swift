import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("A user name token is written as the settings say")
struct UsernameTokenWritingTests {
    private static let wsu =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"

    private static func written(
        _ credential: UsernameCredential,
        signing parts: [MessagePart]? = nil,
        encryption: EncryptionSettings? = nil,
        order: ProtectionOrder = .signThenEncrypt,
        layout: HeaderLayout = .strict
    ) throws -> WrittenMessage {
        var protection = try Fixtures.protection(SignatureSettings(parts: parts ?? []), encryption, order: order)
        if parts == nil { protection.signature = nil }
        protection.usernameToken = credential
        protection.layout = layout
        return try WrittenMessage(MessageProtector(protection).protect(Fixtures.envelope(), now: Fixtures.now))
    }

    private static func credential(_ form: UsernameTokenDemand.PasswordForm) -> UsernameCredential {
        UsernameCredential(
            name: "order <1>",
            password: SharedKey(name: "order", password: "p&ss w\u{F6}rd"),
            form: form
        )
    }

    @Test("with the digest of nonce, moment and password")
    func digest() throws {
        let message = try Self.written(Self.credential(.digest))
        #expect(message.children == ["Timestamp", "UsernameToken"])
        #expect(message.children(of: "UsernameToken") == ["Username", "Password", "Nonce", "Created"])
        #expect(message.text(of: "Username") == "order <1>")
        #expect(message.attribute("Type", of: message.first("Password"))?.hasSuffix("#PasswordDigest") == true)
        let nonce = try #require(message.octets(of: "Nonce"))
        let token = try #require(message.first("UsernameToken"))
        let created = try #require(message.document.firstElement("Created", in: Self.wsu, of: token))
        let octets = nonce + Array(message.document.text(of: created).utf8) + Array("p&ss w\u{F6}rd".utf8)
        #expect(nonce.count == 16)
        #expect(message.octets(of: "Password") == DigestAlgorithm.sha1.digest(of: octets))
        #expect(try Self.written(Self.credential(.digest)).octets(of: "Nonce") != nonce)
        #expect(!String(decoding: message.document.octets, as: UTF8.self).contains("w\u{F6}rd"))
    }

    @Test("with the password itself, and nonce and moment left out")
    func text() throws {
        var credential = Self.credential(.text)
        credential.includesNonce = false
        credential.includesCreated = false
        let message = try Self.written(credential)
        #expect(message.children(of: "UsernameToken") == ["Username", "Password"])
        #expect(message.text(of: "Password") == "p&ss w\u{F6}rd")
        #expect(message.attribute("Type", of: message.first("Password"))?.hasSuffix("#PasswordText") == true)
    }

    @Test("signed and encrypted like other parts")
    func protected() throws {
        let encryption = EncryptionSettings(wholeParts: [.usernameToken])
        let message = try Self.written(
            Self.credential(.text),
            signing: [.body, .timestamp, .usernameToken],
            encryption: encryption
        )
        #expect(
            message.children == ["Timestamp", "EncryptedKey", "EncryptedData", "BinarySecurityToken", "Signature"]
        )
        #expect(!String(decoding: message.document.octets, as: UTF8.self).contains("w\u{F6}rd"))
        let plain = try Self.written(Self.credential(.digest), signing: [.usernameToken])
        #expect(plain.targets() == ["UsernameToken"])
    }

    @Test("encrypted before it is signed only where the layout lets it stand behind the signature")
    func order() throws {
        let encryption = EncryptionSettings(wholeParts: [.usernameToken])
        let parts: [MessagePart] = [.body, .timestamp, .usernameToken]
        let lax = try Self.written(
            Self.credential(.digest),
            signing: parts,
            encryption: encryption,
            order: .encryptThenSign,
            layout: .lax
        )
        #expect(lax.children == ["Timestamp", "BinarySecurityToken", "Signature", "EncryptedKey", "EncryptedData"])
        #expect(lax.targets() == ["Body", "Timestamp", "EncryptedData"])
        let fault = #expect(throws: SecurityFault.self) {
            try Self.written(
                Self.credential(.digest),
                signing: parts,
                encryption: encryption,
                order: .encryptThenSign
            )
        }
        #expect(fault?.cause.contains("lax layout") == true)
    }

    @Test(
        "so that its reader takes the user for the one who knows the password",
        arguments: [UsernameTokenDemand.PasswordForm.text, .digest]
    )
    func roundTrip(_ form: UsernameTokenDemand.PasswordForm) throws {
        for order in ProtectionOrder.allCases {
            let message = try Self.written(
                Self.credential(form),
                signing: [.body, .timestamp, .usernameToken],
                encryption: EncryptionSettings(wholeParts: [.usernameToken]),
                order: order,
                layout: .lax
            )
            var policy = InboundPolicy(
                signed: [.body, .timestamp, .usernameToken],
                encrypted: [.body, .usernameToken]
            )
            policy.usernameToken = UsernameTokenDemand(forms: [form])
            policy.order = order
            let keys = StaticTrustedKeys(
                verifying: [try Fixtures.sender.get().certificate],
                decrypting: [try Fixtures.receiver.get().decryption],
                passwords: [SharedKey(name: "order <1>", password: "p&ss w\u{F6}rd")]
            )
            let result = try MessageProcessor(policy: policy, keys: keys)
                .process(message.document.octets, receivedAt: Fixtures.now)
            #expect(result.usernameToken?.name == "order <1>")
        }
    }
}
