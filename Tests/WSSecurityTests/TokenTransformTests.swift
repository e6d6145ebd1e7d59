import Cryptography
import TestSupport
import Testing
import WSSecurity

@Suite("The STR-Transform digests the token that a reference names")
struct TokenTransformTests {
    @Test(
        "WSS4J's signatures over tokens, by each kind of reference",
        arguments: ["bst", "ski", "issuer", "thumb"]
    )
    func foreign(_ kind: String) throws {
        let message = String(
            decoding: try Vectors.octets("generated/wss4j/sign-strtransform-\(kind).xml"),
            as: UTF8.self
        )
        let policy = InboundPolicy(signed: [.body, .timestamp, .signatureToken])
        let result = try Self.process(message, policy)
        #expect(result.signatures.first?.parts.contains(.signatureToken) == true)
        let reference = try #require(message.element("wsse:SecurityTokenReference"))
        let renamed = message.replacing(reference, with: reference.replacing("wsse:", with: "w:"))
            .replacing("xmlns:wsse=", with: "xmlns:w=\"\(WrappingTests.wsse)\" xmlns:wsse=")
        // The prefix of the reference is that of the token that is digested, where the token does not travel.
        let isAccepted = (try? Self.process(renamed, policy)) != nil
        #expect(!isAccepted || kind == "bst")
    }

    @Test("a token that is signed as an element counts too; one that is not signed is refused")
    func elements() throws {
        let policy = InboundPolicy(signed: [.body, .timestamp, .signatureToken])
        for (file, isCovered) in [("sign-bst-covered", true), ("sign-bst", false), ("sign-ski", false)] {
            let message = String(decoding: try Vectors.octets("generated/wss4j/\(file).xml"), as: UTF8.self)
            let isAccepted = (try? Self.process(message, policy)) != nil
            #expect(isAccepted == isCovered, "\(file)")
        }
    }

    @Test("a reference that leads to another certificate, to none, or is none")
    func refused() throws {
        let sender = try Fixtures.sender.get()
        let receiver = try Fixtures.receiver.get().certificate
        let signed = HandMade.thumbprint(sender.certificate)
            .replacing(
                "<wsse:SecurityTokenReference",
                with: "<wsse:SecurityTokenReference xmlns:wsu=\"\(WrappingTests.wsu)\" wsu:Id=\"STR\""
            )
        let x509 = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3"
        let octets = { (certificate: Certificate) in
            Array(
                ("<wsse:BinarySecurityToken xmlns=\"\" xmlns:wsse=\"\(WrappingTests.wsse)\" ValueType=\"\(x509)\">"
                    + Base64.encode(certificate.der) + "</wsse:BinarySecurityToken>")
                    .utf8
            )
        }
        let message = { (certificate: Certificate, keyInfo: String, id: String) in
            let transform = HandMade.transform(Self.uri, Self.parameters)
            let envelope = HandMade.envelope("")
            let references = [
                HandMade.Reference(id: "body", octets: try HandMade.canonical("body", in: envelope)),
                HandMade.Reference(id: id, octets: octets(certificate), transforms: transform),
            ]
            let signature = try HandMade.signature(over: references, by: .pair(sender), keyInfo: keyInfo)
            return envelope.replacing("</wsse:Security>", with: signature + "</wsse:Security>")
        }
        let policy = InboundPolicy(signed: [.body, .signatureToken], requiresTimestamp: false)
        #expect(try HandMade.fault(message(sender.certificate, signed, "STR"), policy) == nil)
        #expect(try HandMade.fault(message(receiver, signed, "STR"), policy)?.code == .failedCheck)
        #expect(try HandMade.fault(message(sender.certificate, signed, "body"), policy)?.code == .failedCheck)
        let unknown = signed.replacing(
            Base64.encode(sender.certificate.thumbprint),
            with: Base64.encode(Array(repeating: 7, count: 20))
        )
        #expect(try HandMade.fault(message(sender.certificate, unknown, "STR"), policy) != nil)
    }

    @Test("the transforms of attachments, XPath, XSLT and decryption are refused by name")
    func transforms() throws {
        let pair = try Fixtures.sender.get()
        let swa = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#"
        for uri in [
            swa + "Attachment-Content-Signature-Transform", swa + "Attachment-Complete-Signature-Transform",
            "http://www.w3.org/TR/1999/REC-xpath-19991116", "http://www.w3.org/2002/06/xmldsig-filter2",
            "http://www.w3.org/TR/1999/REC-xslt-19991116", "http://www.w3.org/2002/07/decrypt#XML",
            "http://www.w3.org/2000/09/xmldsig#base64",
        ] {
            let reference = HandMade.Reference(id: "body", octets: [], transforms: HandMade.transform(uri))
            let signature = try HandMade.signature(
                over: [reference],
                by: .pair(pair),
                keyInfo: HandMade.thumbprint(pair.certificate)
            )
            let fault = try HandMade.fault(HandMade.envelope(signature), .signedBody)
            #expect(fault?.code == .unsupportedAlgorithm && fault?.cause.contains(uri) == true)
        }
        let message = try Fixtures.signed().replacing("URI=\"#id-0-", with: "URI=\"cid:id-0-")
        #expect(try Fixtures.fault(of: message)?.cause.contains("attachment") == true)
    }

    @Test("canonicalizations with comments leave them out all the same, because the reference is by id")
    func comments() throws {
        let pair = try Fixtures.sender.get()
        let envelope = HandMade.envelope("")
        for uri in ["http://www.w3.org/2001/10/xml-exc-c14n#WithComments"] {
            let octets = try HandMade.canonical("body", in: envelope)
            let reference = HandMade.Reference(id: "body", octets: octets, transforms: HandMade.transform(uri))
            let signature = try HandMade.signature(
                over: [reference],
                by: .pair(pair),
                keyInfo: HandMade.thumbprint(pair.certificate)
            )
            let message = HandMade.envelope(signature).replacing("4711", with: "47<!-- x -->11")
            let result = try HandMade.process(message, .signedBody)
            #expect(String(decoding: result.envelope, as: UTF8.self).contains(">4711<"))
            #expect(String(decoding: result.body, as: UTF8.self).contains(">4711<"))
        }
    }

    private static let uri =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform"
    private static let parameters =
        "<wsse:TransformationParameters xmlns:wsse=\"\(WrappingTests.wsse)\"><ds:CanonicalizationMethod"
        + " Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod>"
        + "</wsse:TransformationParameters>"

    private static func process(_ message: String, _ policy: InboundPolicy) throws -> ProcessedMessage {
        let processor = try MessageProcessor(policy: policy, keys: ForeignMessageTests.keys())
        return try processor.process(Array(message.utf8), receivedAt: ForeignMessageTests.receivedAt)
    }
}
