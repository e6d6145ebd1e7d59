package import XML

/// `ds:Transforms` (XML Signature 1.1 section 4.4.3.4) as far as it is allowed: an enveloped-signature transform at most,
/// then a canonicalization or a STR-Transform at most; nothing that computes.
package struct Transforms: Hashable, Sendable {
    /// Whether the signature itself is left out of the element.
    package let isEnveloped: Bool
    /// Whether the element is a reference to a token, which is digested in its place: the STR-Transform (WSS SOAP Message
    /// Security 1.1.1 section 8.3).
    package let isTokenReference: Bool
    /// How the element or token becomes octets; inclusive C14N 1.0 when the list names none (section 4.4.3.2).
    ///
    /// Never with comments: references by id leave them out before any transform (section 4.4.3.3).
    package let canonicalization: Canonicalization

    /// The URI of the enveloped-signature transform.
    static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
    /// The URI of the STR-Transform.
    package static let tokenReference =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform"
    /// How the URIs of the transforms of attachments begin (WSS SOAP Messages with Attachments Profile 1.1).
    static let attachments = "http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#"

    /// Reads the children of `node`; `nil` stands for a reference without `ds:Transforms`.
    init(reading node: NodeID?, in document: XMLDocument, limits: SignatureLimits) throws(XMLSignatureError) {
        var isEnveloped = false
        var isTokenReference = false
        var method: Canonicalization?
        for transform in try Self.children(of: node, in: document) {
            let uri = document.attribute("Algorithm", of: transform) ?? ""
            if uri == Self.enveloped, !isEnveloped, method == nil {
                isEnveloped = true
            } else if uri == Self.tokenReference, !isEnveloped, method == nil {
                isTokenReference = true
                method = try Self.parameter(of: transform, in: document, limits: limits)
            } else if method == nil,
                let read = try Canonicalization(
                    reading: transform,
                    uri: uri,
                    in: document,
                    prefixLimit: limits.inclusivePrefixCount
                )
            {
                method = read
            } else {
                throw Self.refused(uri)
            }
        }
        self.isEnveloped = isEnveloped
        self.isTokenReference = isTokenReference
        var canonicalization = method ?? .inclusive
        canonicalization.withComments = false
        self.canonicalization = canonicalization
    }

    private static func refused(_ uri: String) -> XMLSignatureError {
        let isAttachment = uri.hasPrefix(attachments)
        return .unsupportedAlgorithm(
            element: isAttachment ? "ds:Transform of an attachment" : "ds:Transform",
            uri: uri
        )
    }

    private static func children(of node: NodeID?, in document: XMLDocument) throws(XMLSignatureError) -> [NodeID] {
        guard let node else { return [] }
        var transforms: [NodeID] = []
        for child in document.elements(in: node) {
            guard document.isNamed(child, "Transform", in: XMLSignatureNamespace.signature) else {
                throw .malformed("ds:Transforms holds an element other than ds:Transform")
            }
            transforms.append(child)
            guard transforms.count <= 2 else { throw .limitExceeded(of: "transforms in a reference", limit: 2) }
        }
        return transforms
    }

    /// The canonicalization in `wsse:TransformationParameters`.
    private static func parameter(
        of transform: NodeID,
        in document: XMLDocument,
        limits: SignatureLimits
    ) throws(XMLSignatureError) -> Canonicalization {
        var parameters = document.elements(in: transform).makeIterator()
        guard let list = parameters.next(), parameters.next() == nil,
            document.name(of: list).localName == "TransformationParameters",
            let node = document.firstElement("CanonicalizationMethod", in: XMLSignatureNamespace.signature, of: list),
            document.elements(in: list).allSatisfy({ $0 == node })
        else { throw .malformed("the STR-Transform must name one ds:CanonicalizationMethod") }
        let uri = document.attribute("Algorithm", of: node) ?? ""
        let limit = limits.inclusivePrefixCount
        guard let method = try Canonicalization(reading: node, uri: uri, in: document, prefixLimit: limit) else {
            throw .unsupportedAlgorithm(element: "ds:CanonicalizationMethod", uri: uri)
        }
        return method
    }
}

extension Canonicalization {
    /// Inclusive C14N 1.0 without comments.
    package static let inclusive = Canonicalization(.inclusive10)
    /// Exclusive C14N 1.0 without comments.
    package static let exclusive = Canonicalization(.exclusive10)
}
