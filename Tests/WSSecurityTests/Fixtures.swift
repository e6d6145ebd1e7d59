import Cryptography
import FoundationEssentials
import TestSupport
import WSSecurity

/// Keys and messages that the suites share.
enum Fixtures {
    /// A moment in the validity of every certificate that the suites make.
    static let now = Date(timeIntervalSince1970: 1_795_226_400.25)

    /// A key pair with its certificate.
    struct Pair: Sendable {
        let key: PrivateKey
        let certificate: Certificate

        var credential: SigningCredential { SigningCredential(key: key, certificate: certificate) }
        var decryption: DecryptionKey { DecryptionKey(certificate: certificate, key: key) }

        static func made(_ kind: KeyKind, _ subject: String) throws -> Pair {
            let key = try PrivateKey.generate(kind)
            let certificate = try Certificate.selfSigned(
                key: key,
                subject: subject,
                notBefore: now.addingTimeInterval(-86_400),
                notAfter: now.addingTimeInterval(86_400)
            )
            return Pair(key: key, certificate: certificate)
        }

        /// A pair of `Tests/Vectors/keys`.
        static func vector(in folder: String = "keys", _ name: String) throws -> Pair {
            let key = String(decoding: try Vectors.octets("\(folder)/\(name).key.pem"), as: UTF8.self)
            let certificate = String(decoding: try Vectors.octets("\(folder)/\(name).crt.pem"), as: UTF8.self)
            return try Pair(key: PrivateKey(pem: key), certificate: Certificate(pem: certificate))
        }
    }

    static let sender = Result { try Pair.made(.rsa2048, "CN=sender, O=Interop \\, Test, C=DE") }
    static let receiver = Result { try Pair.made(.rsa2048, "CN=receiver") }
    static let curve256 = Result { try Pair.made(.p256, "CN=sender on P-256") }
    static let curve384 = Result { try Pair.made(.p384, "CN=sender on P-384") }

    /// The key references that every stack knows.
    static let tokenReferences: [KeyReference] = [
        .binarySecurityToken, .issuerSerial, .subjectKeyIdentifier, .thumbprint,
    ]

    /// An order with a header block, comments, a CDATA section, references and namespaces that the envelope binds.
    static func envelope(_ version: SOAPVersion = .soap11) -> [UInt8] {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <soap:Envelope xmlns:soap="\(version.namespace)" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
              <soap:Header>
                <wsa:MessageID xmlns:wsa="http://www.w3.org/2005/08/addressing">urn:uuid:1</wsa:MessageID>
              </soap:Header>
              <soap:Body>
                <m:Order xmlns:m="urn:test:order" number='7'><m:item>M\u{FC}ller &amp; S\u{F6}hne</m:item>\
            <m:note xsi:nil="false"><![CDATA[<raw> & more]]></m:note></m:Order>
              </soap:Body>
            </soap:Envelope>
            """
            .utf8
        )
    }

    static let messageID = MessagePart.header(
        namespace: "http://www.w3.org/2005/08/addressing",
        localName: "MessageID"
    )

    /// The canonical form of the order in `envelope`, with the namespaces that signatures include.
    static let order =
        "<m:Order xmlns:m=\"urn:test:order\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" number=\"7\">"
        + "<m:item>M\u{FC}ller &amp; S\u{F6}hne</m:item><m:note xsi:nil=\"false\">&lt;raw&gt; &amp; more</m:note></m:Order>"

    /// What sender and receiver use for one another.
    static func protection(
        _ signature: SignatureSettings = SignatureSettings(),
        _ encryption: EncryptionSettings? = EncryptionSettings(),
        order: ProtectionOrder = .signThenEncrypt,
        signer: Pair? = nil
    ) throws -> OutboundProtection {
        let signer = try signer ?? sender.get()
        let recipient = try receiver.get().certificate
        return OutboundProtection(
            signature: (signature, signer.credential),
            encryption: encryption.map { ($0, recipient) },
            order: order
        )
    }

    static func protected(
        _ envelope: [UInt8] = envelope(),
        _ signature: SignatureSettings = SignatureSettings(),
        _ encryption: EncryptionSettings? = EncryptionSettings(),
        order: ProtectionOrder = .signThenEncrypt,
        signer: Pair? = nil
    ) throws -> [UInt8] {
        try MessageProtector(protection(signature, encryption, order: order, signer: signer))
            .protect(envelope, now: now)
    }

    /// Signed only.
    static func signed(_ envelope: [UInt8] = envelope(), parts: [MessagePart] = [.body, .timestamp]) throws -> String {
        String(decoding: try protected(envelope, SignatureSettings(parts: parts), nil), as: UTF8.self)
    }

    static func keys() throws -> StaticTrustedKeys {
        try StaticTrustedKeys(
            verifying: [sender.get().certificate, curve256.get().certificate, curve384.get().certificate],
            decrypting: [receiver.get().decryption]
        )
    }

    static func process(
        _ message: [UInt8],
        _ policy: InboundPolicy = InboundPolicy(),
        at moment: Date = now
    ) throws -> ProcessedMessage {
        try MessageProcessor(policy: policy, keys: keys()).process(message, receivedAt: moment)
    }

    /// The fault that `message` gets; `nil` when it is accepted.
    static func fault(
        of message: String,
        _ policy: InboundPolicy = InboundPolicy(),
        at moment: Date = now
    ) throws -> SecurityFault? {
        let processor = try MessageProcessor(policy: policy, keys: keys())
        do throws(SecurityFault) {
            _ = try processor.process(Array(message.utf8), receivedAt: moment)
            return nil
        } catch {
            return error
        }
    }
}
