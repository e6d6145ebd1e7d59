import XML

extension Canonicalization {
    /// Reads the algorithm of a `ds:CanonicalizationMethod` or `ds:Transform`: `nil` when it is not one that is allowed.
    ///
    /// Allowed are inclusive C14N 1.0 and 1.1 and exclusive C14N 1.0; the only child element may be `ec:InclusiveNamespaces` with at most
    /// `prefixLimit` prefixes, on exclusive ones.
    init?(
        reading node: NodeID,
        uri: String,
        in document: XMLDocument,
        prefixLimit: Int
    ) throws(XMLSignatureError) {
        guard let method = Canonicalization(uri: uri) else { return nil }
        self = method
        var parameters = document.elements(in: node).makeIterator()
        guard let parameter = parameters.next() else { return }
        guard algorithm == .exclusive10, parameters.next() == nil,
            document.isNamed(parameter, "InclusiveNamespaces", in: XMLSignatureNamespace.exclusiveCanonicalization)
        else { throw .malformed("a canonicalization takes one ec:InclusiveNamespaces at most") }
        inclusivePrefixes = try Self.prefixes(of: parameter, in: document, limit: prefixLimit)
    }

    private static func prefixes(
        of node: NodeID,
        in document: XMLDocument,
        limit: Int
    ) throws(XMLSignatureError) -> [String] {
        let list = document.attribute("PrefixList", of: node) ?? ""
        let prefixes = list.utf8.split(maxSplits: limit, whereSeparator: \.isXMLSpace)
        guard prefixes.count <= limit else {
            throw .limitExceeded(of: "prefixes in ec:InclusiveNamespaces", limit: limit)
        }
        return prefixes.map { String(Substring($0)) }
    }
}
