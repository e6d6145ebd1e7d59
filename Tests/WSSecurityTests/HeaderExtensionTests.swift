import Cryptography
import Foundation
import Testing
import WSSecurity

@Suite("A Security header that is there already")
struct HeaderExtensionTests {
    private static let envelope = Array(
        """
        <s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:Order xmlns:m="urn:m">1</m:Order></s:Body>\
        </s:Envelope>
        """
        .utf8
    )
    private static let now = Date(timeIntervalSince1970: 1_800_000_000)

    private let key: PrivateKey
    private let certificate: Certificate

    init() throws {
        key = try PrivateKey.generate(.p256)
        certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=sender",
            notBefore: Self.now - 60,
            notAfter: Self.now + 60
        )
    }

    private func signing() -> OutboundProtection {
        let credential = SigningCredential(key: key, certificate: certificate)
        return OutboundProtection(signature: (SignatureSettings(), credential), extendsHeader: true)
    }

    @Test("is refused unless it is to be extended")
    func refused() throws {
        let signed = try MessageProtector(signing()).protect(Self.envelope, now: Self.now)
        var again = signing()
        again.extendsHeader = false
        #expect(throws: SecurityFault.self) { try MessageProtector(again).protect(signed, now: Self.now) }
    }

    @Test(
        "takes an encryption in front of a signature, and a signature in front of an encryption",
        arguments: [true, false]
    )
    func twoCommands(signsFirst: Bool) throws {
        let recipientKey = try PrivateKey.generate(.rsa2048)
        let recipient = try Certificate.selfSigned(
            key: recipientKey,
            subject: "CN=receiver",
            notBefore: Self.now - 60,
            notAfter: Self.now + 60
        )
        let encrypting = OutboundProtection(
            encryption: (EncryptionSettings(), recipient),
            timestampLifetime: nil,
            extendsHeader: true
        )
        let protections = signsFirst ? [signing(), encrypting] : [encrypting, signing()]
        let message = try protections.reduce(Self.envelope) { message, protection in
            try MessageProtector(protection).protect(message, now: Self.now)
        }
        var policy = InboundPolicy(encrypted: [.body])
        policy.order = signsFirst ? .signThenEncrypt : .encryptThenSign
        let keys = StaticTrustedKeys(
            verifying: [certificate],
            decrypting: [DecryptionKey(certificate: recipient, key: recipientKey)]
        )
        let processed = try MessageProcessor(policy: policy, keys: keys).process(message, receivedAt: Self.now)
        #expect(String(decoding: processed.body, as: UTF8.self) == #"<m:Order xmlns:m="urn:m">1</m:Order>"#)
    }
}
