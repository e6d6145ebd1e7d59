import Cryptography
import FoundationEssentials
import Testing
import XML

@testable import WSSecurity

/// Messages written by hand, for forms that our own writer does not have.
enum HandMade {
    /// What signs.
    enum Key {
        case pair(Fixtures.Pair)
        case secret([UInt8])
    }

    /// A `ds:Reference`: its id, what is digested, and its transforms.
    struct Reference {
        let id: String
        let octets: [UInt8]
        var transforms = HandMade.exclusive
    }

    static let exclusive = transform("http://www.w3.org/2001/10/xml-exc-c14n#")

    static func transform(_ uri: String, _ content: String = "") -> String {
        "<ds:Transform Algorithm=\"\(uri)\">\(content)</ds:Transform>"
    }

    /// An envelope with that content of `wsse:Security`; its Body has the id `body`.
    static func envelope(
        _ security: String,
        blocks: String = "",
        body: String = "<m:Order xmlns:m=\"urn:test:order\"><m:card>4711</m:card></m:Order>",
        soap: SOAPVersion = .soap11
    ) -> String {
        "<s:Envelope xmlns:s=\"\(soap.namespace)\"><s:Header><wsse:Security xmlns:wsse=\"\(WSSNamespace.extension)\""
            + " xmlns:wsu=\"\(WSSNamespace.utility)\" xmlns:wsse11=\"\(WSSNamespace.extension11)\""
            + " xmlns:ds=\"\(dsig)\">\(security)</wsse:Security>\(blocks)</s:Header>"
            + "<s:Body xmlns:wsu=\"\(WSSNamespace.utility)\" wsu:Id=\"body\">\(body)</s:Body></s:Envelope>"
    }

    static let dsig = "http://www.w3.org/2000/09/xmldsig#"

    /// The canonical form of the element with that id.
    static func canonical(_ id: String, in message: String) throws -> [UInt8] {
        let document = try XMLDocument(scanning: Array(message.utf8))
        let names = [
            ExpandedName("Id", in: WSSNamespace.utility), ExpandedName("Id"), ExpandedName("ID"),
            ExpandedName("AssertionID"),
        ]
        let found = document.attributes(named: names).first { $0.attribute.value == id }
        return document.canonicalOctets(of: try #require(found).element, by: Canonicalization(.exclusive10))
    }

    /// A `ds:Signature` over `references`.
    static func signature(
        id: String = "SIG",
        over references: [Reference],
        by key: Key,
        keyInfo: String
    ) throws -> String {
        let method =
            switch key {
            case .pair: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
            case .secret: "http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"
            }
        var info =
            "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:CanonicalizationMethod>"
            + "<ds:SignatureMethod Algorithm=\"\(method)\"></ds:SignatureMethod>"
        for reference in references {
            let value = Base64.encode(DigestAlgorithm.sha256.digest(of: reference.octets))
            info +=
                "<ds:Reference URI=\"#\(reference.id)\"><ds:Transforms>\(reference.transforms)</ds:Transforms>"
                + "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"></ds:DigestMethod>"
                + "<ds:DigestValue>\(value)</ds:DigestValue></ds:Reference>"
        }
        let canonical = Array("<ds:SignedInfo xmlns:ds=\"\(dsig)\">\(info)</ds:SignedInfo>".utf8)
        let value: [UInt8]
        switch key {
        case .pair(let pair): value = try pair.key.sign(canonical, by: .rsaPKCS1(.sha256))
        case .secret(let octets):
            var code = try HMAC(.sha256, key: SecretOctets(copying: octets))
            code.update(canonical)
            value = code.finalize()
        }
        return
            "<ds:Signature xmlns:ds=\"\(dsig)\" Id=\"\(id)\"><ds:SignedInfo>\(info)</ds:SignedInfo><ds:SignatureValue>"
            + "\(Base64.encode(value))</ds:SignatureValue><ds:KeyInfo>\(keyInfo)</ds:KeyInfo></ds:Signature>"
    }

    /// `message` with a signature over the elements with those ids at the end of its Security header.
    static func signed(
        _ message: String,
        id: String = "SIG",
        over ids: [String] = ["body"],
        by key: Key,
        keyInfo: String
    ) throws -> String {
        let references = try ids.map { try Reference(id: $0, octets: canonical($0, in: message)) }
        let signature = try signature(id: id, over: references, by: key, keyInfo: keyInfo)
        return message.replacing("</wsse:Security>", with: signature + "</wsse:Security>")
    }

    /// A reference to `certificate` by its thumbprint.
    static func thumbprint(_ certificate: Certificate) -> String {
        let type = "http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1"
        return "<wsse:SecurityTokenReference xmlns:wsse=\"\(WSSNamespace.extension)\"><wsse:KeyIdentifier"
            + " ValueType=\"\(type)\">\(Base64.encode(certificate.thumbprint))</wsse:KeyIdentifier>"
            + "</wsse:SecurityTokenReference>"
    }

    /// What a receiver with `keys` makes of `message`.
    static func process(
        _ message: String,
        _ policy: InboundPolicy,
        _ keys: StaticTrustedKeys? = nil,
        at moment: Date = Fixtures.now
    ) throws -> ProcessedMessage {
        let processor = try MessageProcessor(policy: policy, keys: keys ?? Fixtures.keys())
        return try processor.process(Array(message.utf8), receivedAt: moment)
    }

    /// The fault that `message` gets; `nil` when it is accepted.
    static func fault(
        _ message: String,
        _ policy: InboundPolicy,
        _ keys: StaticTrustedKeys? = nil,
        at moment: Date = Fixtures.now
    ) throws -> SecurityFault? {
        do {
            _ = try process(message, policy, keys, at: moment)
            return nil
        } catch let fault as SecurityFault {
            return fault
        }
    }
}

extension InboundPolicy {
    /// Demands a signature over Body alone.
    static let signedBody = InboundPolicy(signed: [.body], requiresTimestamp: false)
    /// Demands nothing.
    static let undemanding = InboundPolicy(signed: [], requiresTimestamp: false)
}
