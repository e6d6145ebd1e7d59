import Cryptography
import TestSupport
import Testing
import XMLEncryption

@testable import WSSecurity

@Suite("Encrypted data are opened wherever their key stands, and by our key alone")
struct EncryptionFormTests {
    @Test("several wrapped keys for the same data: ours is found, wherever it stands")
    func recipients() throws {
        let sealed = try Sealed()
        let ours = try sealed.key("EK-1", for: Fixtures.receiver.get().certificate, ["ED"])
        let theirs = try sealed.key("EK-2", for: Fixtures.sender.get().certificate, ["ED"])
        for keys in [ours + theirs, theirs + ours, theirs + theirs.replacing("EK-2", with: "EK-3") + ours] {
            let message = HandMade.envelope(keys, body: try sealed.data("ED", Self.order))
            #expect(try Self.fault(message) == nil)
        }
        let twice = ours + ours.replacing("EK-1", with: "EK-4")
        #expect(try Self.fault(HandMade.envelope(twice, body: sealed.data("ED", Self.order))) == nil)
        let foreign = HandMade.envelope(
            theirs + theirs.replacing("EK-2", with: "EK-3"),
            body: try sealed.data("ED", Self.order)
        )
        #expect(try Self.fault(foreign)?.code == .securityTokenUnavailable)
        let partly = ours + (try sealed.key("EK-2", for: Fixtures.sender.get().certificate, ["ED", "EX"]))
        let extra = HandMade.envelope(
            partly,
            body: "<a>\(try sealed.data("ED", Self.order))</a>"
                + "<b>\(try sealed.data("EX", Self.order))</b>"
        )
        #expect(try Self.fault(extra, .undemanding)?.outward.code == .failedCheck)
    }

    @Test("a wrapped key in the data's own KeyInfo, named by a list that stands alone")
    func inData() throws {
        let sealed = try Sealed()
        let key = try sealed.key(nil, for: Fixtures.receiver.get().certificate, [])
        let list = Self.list(["ED"])
        let body = try sealed.data("ED", Self.order, keyInfo: key)
        #expect(try Self.fault(HandMade.envelope(list, body: body)) == nil)
        let other = try sealed.key(nil, for: Fixtures.sender.get().certificate, [])
        let foreign = try sealed.data("ED", Self.order, keyInfo: other)
        #expect(try Self.fault(HandMade.envelope(list, body: foreign))?.code == .securityTokenUnavailable)
        // Nothing in the header names it: it stays what it is, and is not what was demanded.
        #expect(try Self.fault(HandMade.envelope("", body: body))?.code == .invalidSecurity)
    }

    @Test("one list for data under several keys, each opened once")
    func groups() throws {
        let sealed = [try Sealed(), try Sealed()]
        let recipient = try Fixtures.receiver.get().certificate
        let keys = try sealed[0].key("EK-0", for: recipient, []) + sealed[1].key("EK-1", for: recipient, [])
        let content = try (0..<4)
            .map { number in
                "<p>\(try sealed[number % 2].data("ED-\(number)", Self.order, keyInfo: Self.reference("EK-\(number % 2)")))</p>"
            }
        let body = content.joined()
        var policy = InboundPolicy.undemanding
        policy.limits.privateKeyOperationCount = 2
        let list = Self.list((0..<4).map { "ED-\($0)" })
        #expect(try Self.fault(HandMade.envelope(keys + list, body: body), policy) == nil)
        #expect(try Self.fault(HandMade.envelope(list + keys, body: body), policy) == nil)
        policy.limits.privateKeyOperationCount = 1
        #expect(try Self.fault(HandMade.envelope(keys + list, body: body), policy)?.code == .invalidSecurity)
    }

    @Test("a key that is named by the name that it carries")
    func carriedName() throws {
        let sealed = try Sealed()
        let carrying = { (id: String, pair: Fixtures.Pair) in
            try sealed.key(id, for: pair.certificate, [])
                .replacing(
                    "</xenc:EncryptedKey>",
                    with: "<xenc:CarriedKeyName>k</xenc:CarriedKeyName></xenc:EncryptedKey>"
                )
                .replacing("<xenc:ReferenceList></xenc:ReferenceList>", with: "")
        }
        let keys = try carrying("EK-1", Fixtures.sender.get()) + carrying("EK-2", Fixtures.receiver.get())
        let body = try sealed.data("ED", Self.order, keyInfo: "<ds:KeyName>k</ds:KeyName>")
        #expect(try Self.fault(HandMade.envelope(keys + Self.list(["ED"]), body: body)) == nil)
        let other = try sealed.data("ED", Self.order, keyInfo: "<ds:KeyName>other</ds:KeyName>")
        #expect(try Self.fault(HandMade.envelope(keys + Self.list(["ED"]), body: other)) != nil)
    }

    @Test("data under a key that both sides share, by name")
    func sharedKey() throws {
        let sealed = try Sealed()
        let body = try sealed.data("ED", Self.order, keyInfo: "<ds:KeyName>orders</ds:KeyName>")
        let message = HandMade.envelope(Self.list(["ED"]), body: body)
        let keys = StaticTrustedKeys(sharedKeys: [SharedKey(name: "orders", octets: sealed.octets)])
        let result = try HandMade.process(message, Self.policy, keys)
        #expect(result.decryptions.first?.opener == .sharedKey(name: "orders"))
        #expect(result.decryptions.first?.parts == [.body] && result.decryptions.first?.certificate == nil)
        let wrong = StaticTrustedKeys(sharedKeys: [SharedKey(name: "orders", octets: Array(repeating: 1, count: 32))])
        #expect(try HandMade.fault(message, Self.policy, wrong)?.code == .failedCheck)
        #expect(try HandMade.fault(message, Self.policy, StaticTrustedKeys())?.code == .securityTokenUnavailable)
        let two = StaticTrustedKeys(sharedKeys: [
            SharedKey(name: "orders", octets: sealed.octets), SharedKey(name: "orders", octets: [1]),
        ])
        #expect(try HandMade.fault(message, Self.policy, two)?.code == .securityTokenUnavailable)
    }

    @Test("a key that is wrapped under a shared one")
    func wrappedKey() throws {
        let sealed = try Sealed()
        let secret = Array("sixteen octets!!".utf8)
        let octets = try EncryptedKeyWriter(method: .keyWrap(.aes128))
            .encryptedKey(
                SecretOctets(copying: sealed.octets),
                id: "EK",
                under: SecretKey(copying: secret),
                keyInfo: "<ds:KeyName>orders</ds:KeyName>",
                dataReferences: ["ED"]
            )
        let message = HandMade.envelope(
            String(decoding: octets, as: UTF8.self),
            body: try sealed.data("ED", Self.order)
        )
        var policy = Self.policy
        let keys = StaticTrustedKeys(sharedKeys: [SharedKey(name: "orders", octets: secret)])
        #expect(try HandMade.fault(message, policy, keys)?.code == .unsupportedAlgorithm)
        policy.keyTransports.insert(.keyWrap(.aes128))
        let result = try HandMade.process(message, policy, keys)
        #expect(result.decryptions.first?.opener == .sharedKey(name: "orders"))
        let wrong = StaticTrustedKeys(sharedKeys: [SharedKey(name: "orders", octets: secret.reversed())])
        #expect(try HandMade.fault(message, policy, wrong)?.code == .failedCheck)
        #expect(try HandMade.fault(message, policy)?.code == .securityTokenUnavailable)
    }

    @Test("an encrypted signature is revealed, then verified; before and after its key")
    func encryptedSignature() throws {
        let pair = try Fixtures.sender.get()
        let signed = try HandMade.signed(
            HandMade.envelope(""),
            by: .pair(pair),
            keyInfo: HandMade.thumbprint(pair.certificate)
        )
        let signature = try #require(signed.element("ds:Signature"))
        let sealed = try Sealed()
        let key = try sealed.key("EK", for: Fixtures.receiver.get().certificate, ["ED"])
        let data = try sealed.data("ED", signature, type: "Element")
        let policy = InboundPolicy(signed: [.body], encrypted: [.signature], requiresTimestamp: false)
        #expect(try Self.fault(signed.replacing(signature, with: key + data), policy) == nil)
        #expect(try Self.fault(signed.replacing(signature, with: data + key), policy) == nil)
        #expect(try Self.fault(signed, policy)?.code == .invalidSecurity)
        let changed = signed.replacing("4711", with: "4712").replacing(signature, with: key + data)
        #expect(try Self.fault(changed, policy)?.outward.code == .failedCheck)
        let alone = try Self.fault(signed.replacing(signature, with: data), policy)
        #expect(alone != nil)
        var strict = policy
        strict.layout = .strict
        #expect(try Self.fault(signed.replacing(signature, with: data + key), strict)?.code == .invalidSecurity)
        #expect(try Self.fault(signed.replacing(signature, with: key + data), strict) == nil)
    }

    @Test("WSS4J's encrypted signature, sound and changed")
    func foreignSignature() throws {
        let message = String(
            decoding: try Vectors.octets("generated/wss4j/signenc-body-and-signature.xml"),
            as: UTF8.self
        )
        let policy = InboundPolicy(signed: [.body, .timestamp], encrypted: [.body, .signature])
        let keys = try ForeignMessageTests.keys()
        #expect(try HandMade.fault(message, policy, keys, at: ForeignMessageTests.receivedAt) == nil)
        for last in [true, false] {
            let changed = try message.changingBase64(after: "<xenc:CipherValue>", last: last)
            let fault = try HandMade.fault(changed, policy, keys, at: ForeignMessageTests.receivedAt)
            #expect(fault?.outward.code == .failedCheck)
        }
    }

    @Test("ciphertext that was signed counts as the signed header block that it becomes")
    func signedCiphertext() throws {
        let pair = try Fixtures.sender.get()
        let sealed = try Sealed()
        let key = try sealed.key("EK", for: Fixtures.receiver.get().certificate, ["ED"])
        let block = "<a:To xmlns:a=\"urn:a\">me</a:To>"
        let wrapped =
            "<wsse11:EncryptedHeader xmlns:wsse11=\"http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd\">"
            + (try sealed.data("ED", block, type: "Element")) + "</wsse11:EncryptedHeader>"
        let part = MessagePart.header(namespace: "urn:a", localName: "To")
        let envelope = HandMade.envelope("", blocks: wrapped)
        let signed =
            try HandMade.signed(
                envelope,
                over: ["body", "ED"],
                by: .pair(pair),
                keyInfo: HandMade.thumbprint(pair.certificate)
            )
            .replacing("</wsse:Security>", with: key + "</wsse:Security>")
        let policy = InboundPolicy(signed: [.body, part], encrypted: [part], requiresTimestamp: false)
        let result = try HandMade.process(signed, policy)
        #expect(result.signatures.first?.parts.contains(part) == true)
        let moved = signed.replacing(
            wrapped,
            with: "<w:x xmlns:w=\"urn:w\">\(wrapped)</w:x><a:To xmlns:a=\"urn:a\">you</a:To>"
        )
        #expect(try Self.fault(moved, policy)?.outward.code == .failedCheck)
    }

    /// A content key and what is encrypted with it.
    private struct Sealed {
        let octets: [UInt8]

        init() throws { octets = SecureRandom.octets(count: 32) }

        func key(_ id: String?, for recipient: Certificate, _ references: [String]) throws -> String {
            let octets = try EncryptedKeyWriter(method: .rsaOAEPMGF1P(digest: .sha1))
                .encryptedKey(
                    SecretOctets(copying: octets),
                    id: id ?? "EK-X",
                    recipient: recipient.publicKey,
                    keyInfo: HandMade.thumbprint(recipient),
                    dataReferences: references
                )
            return String(decoding: octets, as: UTF8.self)
        }

        func data(_ id: String, _ plaintext: String, keyInfo: String = "", type: String = "Content") throws -> String {
            let cipher = try EncryptionMethod.aes256GCM.cipher.encrypt(
                Array(plaintext.utf8)[...],
                key: SecretOctets(copying: octets)
            )
            let info = keyInfo.isEmpty ? "" : "<ds:KeyInfo xmlns:ds=\"\(HandMade.dsig)\">\(keyInfo)</ds:KeyInfo>"
            return "<xenc:EncryptedData xmlns:xenc=\"\(EncryptionFormTests.xenc)\" Id=\"\(id)\""
                + " Type=\"\(EncryptionFormTests.xenc)\(type)\"><xenc:EncryptionMethod"
                + " Algorithm=\"http://www.w3.org/2009/xmlenc11#aes256-gcm\"/>\(info)<xenc:CipherData><xenc:CipherValue>"
                + Base64.encode(cipher) + "</xenc:CipherValue></xenc:CipherData></xenc:EncryptedData>"
        }
    }

    private static let xenc = "http://www.w3.org/2001/04/xmlenc#"
    private static let order = "<m:Order xmlns:m=\"urn:test:order\"/>"
    private static let policy = InboundPolicy(signed: [], encrypted: [.body], requiresTimestamp: false)

    private static func list(_ ids: [String]) -> String {
        "<xenc:ReferenceList xmlns:xenc=\"\(xenc)\">" + ids.map { "<xenc:DataReference URI=\"#\($0)\"/>" }.joined()
            + "</xenc:ReferenceList>"
    }

    private static func reference(_ id: String) -> String {
        "<wsse:SecurityTokenReference xmlns:wsse=\"\(WrappingTests.wsse)\"><wsse:Reference URI=\"#\(id)\"/>"
            + "</wsse:SecurityTokenReference>"
    }

    private static func fault(_ message: String, _ policy: InboundPolicy = policy) throws -> SecurityFault? {
        try HandMade.fault(message, policy)
    }
}
