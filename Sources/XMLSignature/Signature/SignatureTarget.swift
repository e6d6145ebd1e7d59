package import XML

extension SignatureWriter {
    /// What one `ds:Reference` is made for.
    package struct Target: Sendable {
        /// What is digested.
        enum Content: Sendable {
            case element(NodeID, Canonicalization, OutlyingContent?)
            case octets([UInt8])
        }

        /// The id that the reference names; needs no escaping.
        package let id: String
        let content: Content
        /// The `ds:Transform` in its canonical form.
        let transform: String

        /// An element of the document that is signed, in its canonical form; `content` where the document lacks it.
        ///
        /// Its comments are never digested, whatever the method: references by id leave them out before any transform
        /// (XML Signature 1.1 section 4.4.3.3).
        package init(
            node: NodeID,
            id: String,
            canonicalization: Canonicalization = .exclusive,
            content outlying: OutlyingContent? = nil
        ) {
            self.id = id
            var bare = canonicalization
            bare.withComments = false
            content = .element(node, bare, outlying)
            transform = Self.transform(canonicalization)
        }

        /// An element that is not in the document yet, as its canonical octets.
        package init(canonical octets: [UInt8], id: String, canonicalization: Canonicalization) {
            self.id = id
            content = .octets(octets)
            transform = Self.transform(canonicalization)
        }

        /// What a transform of another standard makes of the element with that id: `transform` is the `ds:Transform`,
        /// in its exclusive canonical form without `xmlns:ds`.
        package init(transformed octets: [UInt8], id: String, transform: String) {
            self.id = id
            content = .octets(octets)
            self.transform = transform
        }

        private static func transform(_ method: Canonicalization) -> String {
            guard !method.inclusivePrefixes.isEmpty else { return empty("Transform", algorithm: method.uri) }
            let list = method.inclusivePrefixes.joined(separator: " ")
            return "<ds:Transform Algorithm=\"\(method.uri)\"><ec:InclusiveNamespaces"
                + " xmlns:ec=\"\(XMLSignatureNamespace.exclusiveCanonicalization)\" PrefixList=\"\(list)\">"
                + "</ec:InclusiveNamespaces></ds:Transform>"
        }
    }
}
