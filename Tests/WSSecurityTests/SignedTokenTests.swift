import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("A signature over its own token")
struct SignedTokenTests {
    private static let strTransform =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform"

    private static func signed(_ settings: SignatureSettings, _ envelope: [UInt8]) throws -> WrittenMessage {
        let protection = OutboundProtection(signature: (settings, try Fixtures.sender.get().credential))
        return try WrittenMessage(MessageProtector(protection).protect(envelope, now: Fixtures.now))
    }

    /// The digest value of the reference whose transform is the STR-Transform.
    private static func tokenDigest(in message: WrittenMessage) throws -> [UInt8]? {
        let transform = message.all("Transform").first { message.attribute("Algorithm", of: $0) == strTransform }
        let reference = transform.flatMap(message.document.parent(of:)).flatMap(message.document.parent(of:))
        let value = reference.flatMap { reference in
            message.document.elements(in: reference).first { message.document.name(of: $0).localName == "DigestValue" }
        }
        return value.flatMap { Base64.decode(message.document.text(of: $0)) }
    }

    @Test("refers to the token that stands in the header")
    func direct() throws {
        let settings = SignatureSettings(parts: [.body, .timestamp, .signatureToken])
        let message = try Self.signed(settings, Fixtures.envelope())
        #expect(message.targets() == ["Body", "Timestamp", "BinarySecurityToken"])
        let result = try Fixtures.process(message.document.octets)
        #expect(result.signatures.count == 1)
    }

    @Test(
        "through the STR-Transform digests the token that the reference leads to, with the empty default namespace",
        arguments: [KeyReference.binarySecurityToken, .issuerSerial, .thumbprint, .subjectKeyIdentifier, .embedded]
    )
    func transformed(_ reference: KeyReference) throws {
        let settings = SignatureSettings(
            keyReference: reference,
            usesSTRTransform: true,
            parts: [.body, .signatureToken]
        )
        let message = try Self.signed(settings, Fixtures.envelope())
        #expect(message.targets() == ["Body", "SecurityTokenReference"])
        let names = message.path(of: try #require(message.first("TransformationParameters")))
        #expect(names.suffix(3) == ["Transforms", "Transform", "TransformationParameters"])
        let wsse = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
        let wsu = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
        let x509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
        let soap = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0"
        let value = Base64.encode(try Fixtures.sender.get().certificate.der)
        let id = message.first("BinarySecurityToken").flatMap { message.document.attribute("Id", in: wsu, of: $0) }
        let token =
            switch reference {
            case .binarySecurityToken:
                "<wsse:BinarySecurityToken xmlns=\"\" xmlns:wsse=\"\(wsse)\" xmlns:wsu=\"\(wsu)\""
                    + " EncodingType=\"\(soap)#Base64Binary\" ValueType=\"\(x509)\" wsu:Id=\"\(id ?? "")\">"
            case .embedded:
                "<wsse:BinarySecurityToken xmlns=\"\" xmlns:wsse=\"\(wsse)\""
                    + " EncodingType=\"\(soap)#Base64Binary\" ValueType=\"\(x509)\">"
            default: "<wsse:BinarySecurityToken xmlns=\"\" xmlns:wsse=\"\(wsse)\" ValueType=\"\(x509)\">"
            }
        let octets = Array((token + value + "</wsse:BinarySecurityToken>").utf8)
        #expect(try Self.tokenDigest(in: message) == DigestAlgorithm.sha256.digest(of: octets))
    }

    @Test("is what a receiver can demand, whichever way it was made", arguments: [true, false])
    func demanded(usesSTRTransform: Bool) throws {
        let references = Fixtures.tokenReferences + [.pkiPath, .pkcs7, .embedded]
        for reference in references {
            for order in ProtectionOrder.allCases {
                let settings = SignatureSettings(
                    keyReference: reference,
                    usesSTRTransform: usesSTRTransform,
                    parts: [.body, .timestamp, .signatureToken]
                )
                let message = try Fixtures.protected(Fixtures.envelope(), settings, order: order)
                let policy = InboundPolicy(signed: [.body, .timestamp, .signatureToken], encrypted: [.body])
                #expect(try Fixtures.process(message, policy).signatures.count == 1)
            }
        }
    }

    @Test("through the STR-Transform keeps a default namespace that is in scope")
    func defaultNamespace() throws {
        let envelope =
            "<Envelope xmlns=\"http://schemas.xmlsoap.org/soap/envelope/\"><Body><a xmlns=\"\"/></Body></Envelope>"
        let settings = SignatureSettings(usesSTRTransform: true, parts: [.body, .signatureToken])
        let message = try Self.signed(settings, Array(envelope.utf8))
        let token = try #require(message.first("BinarySecurityToken"))
        let octets = message.document.canonicalOctets(
            of: token,
            by: Canonicalization(.exclusive10, inclusivePrefixes: ["#default"])
        )
        #expect(String(decoding: octets, as: UTF8.self).hasPrefix("<wsse:BinarySecurityToken xmlns=\"http://schemas."))
        #expect(try Self.tokenDigest(in: message) == DigestAlgorithm.sha256.digest(of: octets))
    }

    @Test("is not made where the reference names no token", arguments: [KeyReference.keyName, .keyValue, .x509Data])
    func impossible(_ reference: KeyReference) throws {
        let settings = SignatureSettings(keyReference: reference, parts: [.body, .signatureToken])
        let fault = #expect(throws: SecurityFault.self) { try Self.signed(settings, Fixtures.envelope()) }
        #expect(fault?.cause.contains("names no token") == true)
    }
}
