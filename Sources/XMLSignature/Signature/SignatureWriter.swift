package import Cryptography
package import XML

/// Writes a `ds:Signature` over elements of a document, by exclusive C14N without comments.
///
/// SignedInfo is written in its own canonical form, so what is signed is what is sent and needs no second reading.
package struct SignatureWriter: Sendable {
    /// The algorithm.
    package let method: SignatureMethod
    /// The hash of the references.
    package let digest: DigestAlgorithm

    /// A writer.
    package init(method: SignatureMethod, digest: DigestAlgorithm) {
        self.method = method
        self.digest = digest
    }

    /// An element to be signed.
    package struct Target: Sendable {
        /// The element.
        package let node: NodeID
        /// Its id; needs no escaping.
        package let id: String
        /// Prefixes whose bindings outside of the element are signed with it; `#default` for the default namespace.
        package let inclusivePrefixes: [String]

        /// A target.
        package init(node: NodeID, id: String, inclusivePrefixes: [String] = []) {
            self.node = node
            self.id = id
            self.inclusivePrefixes = inclusivePrefixes
        }

        fileprivate var canonicalization: Canonicalization {
            Canonicalization(.exclusive10, inclusivePrefixes: inclusivePrefixes)
        }
    }

    /// The octets of a `ds:Signature` with `id` over `targets`; `keyInfo` is the content of `ds:KeyInfo`.
    package func signature(
        id: String,
        over targets: [Target],
        in document: XMLDocument,
        key: PrivateKey,
        keyInfo: String
    ) throws(XMLSignatureError) -> [UInt8] {
        try signature(id: id, over: targets, in: document, key: .privateKey(key), keyInfo: keyInfo)
    }

    /// The octets of a `ds:Signature` with `id` over `targets`, by a private key or a shared secret; as above.
    package func signature(
        id: String,
        over targets: [Target],
        in document: XMLDocument,
        key: SigningKey,
        keyInfo: String
    ) throws(XMLSignatureError) -> [UInt8] {
        try document.checkCanonicalForm()
        let content = signedInfoContent(over: targets, in: document)
        let namespace = "xmlns:ds=\"\(XMLSignatureNamespace.signature)\""
        let canonical = "<ds:SignedInfo \(namespace)>\(content)</ds:SignedInfo>"
        let value = try key.signature(over: Array(canonical.utf8), by: method)
        let written =
            "<ds:Signature \(namespace) Id=\"\(id)\"><ds:SignedInfo>\(content)</ds:SignedInfo><ds:SignatureValue>"
            + Base64.encode(value) + "</ds:SignatureValue><ds:KeyInfo>\(keyInfo)</ds:KeyInfo></ds:Signature>"
        return Array(written.utf8)
    }

    private func signedInfoContent(over targets: [Target], in document: XMLDocument) -> String {
        var content = Self.empty("CanonicalizationMethod", algorithm: Canonicalization.exclusive.uri)
        content += method.canonicalText
        for target in targets {
            let value = document.digest(of: target.node, by: digest, as: target.canonicalization)
            content += "<ds:Reference URI=\"#\(target.id)\"><ds:Transforms>"
            content += Self.transform(target)
            content += "</ds:Transforms>" + Self.empty("DigestMethod", algorithm: digest.uri)
            content += "<ds:DigestValue>\(Base64.encode(value))</ds:DigestValue></ds:Reference>"
        }
        return content
    }

    private static func transform(_ target: Target) -> String {
        guard !target.inclusivePrefixes.isEmpty else {
            return empty("Transform", algorithm: Canonicalization.exclusive.uri)
        }
        let namespace = XMLSignatureNamespace.exclusiveCanonicalization
        let list = target.inclusivePrefixes.joined(separator: " ")
        return "<ds:Transform Algorithm=\"\(Canonicalization.exclusive.uri)\"><ec:InclusiveNamespaces"
            + " xmlns:ec=\"\(namespace)\" PrefixList=\"\(list)\"></ec:InclusiveNamespaces></ds:Transform>"
    }

    private static func empty(_ name: String, algorithm: String) -> String {
        "<ds:\(name) Algorithm=\"\(algorithm)\"></ds:\(name)>"
    }
}
