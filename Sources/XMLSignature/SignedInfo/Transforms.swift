package import XML

/// `ds:Transforms` (XML Signature 1.1 section 4.4.3.4) as far as it is allowed: an enveloped-signature transform at most,
/// then a canonicalization at most; nothing that computes.
package struct Transforms: Hashable, Sendable {
    /// Whether the signature itself is left out of the element.
    package let isEnveloped: Bool
    /// How the element becomes octets; inclusive C14N 1.0 when the list names none (section 4.4.3.2).
    package let canonicalization: Canonicalization

    /// The URI of the enveloped-signature transform.
    static let enveloped = "http://www.w3.org/2000/09/xmldsig#enveloped-signature"

    /// Reads the children of `node`; `nil` stands for a reference without `ds:Transforms`.
    init(reading node: NodeID?, in document: XMLDocument, limits: SignatureLimits) throws(XMLSignatureError) {
        var isEnveloped = false
        var method: Canonicalization?
        for transform in try Self.children(of: node, in: document) {
            let uri = document.attribute("Algorithm", of: transform) ?? ""
            if uri == Self.enveloped, !isEnveloped, method == nil {
                isEnveloped = true
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
                throw .unsupportedAlgorithm(element: "ds:Transform", uri: uri)
            }
        }
        self.isEnveloped = isEnveloped
        canonicalization = method ?? .inclusive
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
}

extension Canonicalization {
    /// Inclusive C14N 1.0 without comments.
    package static let inclusive = Canonicalization(.inclusive10)
    /// Exclusive C14N 1.0 without comments.
    package static let exclusive = Canonicalization(.exclusive10)
}
