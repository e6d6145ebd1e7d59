package import XML

/// `ds:SignedInfo` (XML Signature 1.1 section 4.4).
package struct SignedInfo: Hashable, Sendable {
    /// The element.
    package let node: NodeID
    /// How it becomes the octets that are signed.
    package let canonicalization: Canonicalization
    /// How they are signed.
    package let method: SignatureMethod
    /// What else is signed by it; one at least.
    package let references: [Reference]

    init(reading node: NodeID, in document: XMLDocument, limits: SignatureLimits) throws(XMLSignatureError) {
        let namespace = XMLSignatureNamespace.signature
        var children = document.elements(in: node).makeIterator()
        guard let canonical = children.next(), document.isNamed(canonical, "CanonicalizationMethod", in: namespace),
            let method = children.next(), document.isNamed(method, "SignatureMethod", in: namespace)
        else { throw .malformed("ds:SignedInfo must begin with ds:CanonicalizationMethod and ds:SignatureMethod") }
        self.node = node
        canonicalization = try Self.canonicalization(canonical, in: document, limits: limits)
        self.method = try SignatureMethod(reading: method, in: document)
        var references: [Reference] = []
        while let child = children.next() {
            guard document.isNamed(child, "Reference", in: namespace) else {
                throw .malformed("ds:SignedInfo holds an element other than ds:Reference")
            }
            guard references.count < limits.referenceCount else {
                throw .limitExceeded(of: "references in a signature", limit: limits.referenceCount)
            }
            references.append(try Reference(reading: child, in: document, limits: limits))
        }
        guard !references.isEmpty else { throw .malformed("ds:SignedInfo has no ds:Reference") }
        self.references = references
    }

    private static func canonicalization(
        _ node: NodeID,
        in document: XMLDocument,
        limits: SignatureLimits
    ) throws(XMLSignatureError) -> Canonicalization {
        let uri = document.attribute("Algorithm", of: node) ?? ""
        let prefixLimit = limits.inclusivePrefixCount
        guard
            let method = try Canonicalization(reading: node, uri: uri, in: document, prefixLimit: prefixLimit)
        else { throw .unsupportedAlgorithm(element: "ds:CanonicalizationMethod", uri: uri) }
        return method
    }
}
