package import Cryptography
package import XML

/// Writes a `ds:Signature` over elements of a document.
///
/// SignedInfo is written in its own exclusive canonical form, so what is signed is what is sent and needs no second
/// reading; only under an inclusive method, which takes in what is around it, it is read again.
package struct SignatureWriter: Sendable {
    /// The algorithm.
    package let method: SignatureMethod
    /// The hash of the references.
    package let digest: DigestAlgorithm
    /// The canonicalization of SignedInfo.
    package let canonicalization: Canonicalization

    /// A writer.
    package init(
        method: SignatureMethod,
        digest: DigestAlgorithm,
        canonicalization: Canonicalization = .exclusive
    ) {
        self.method = method
        self.digest = digest
        self.canonicalization = canonicalization
    }

    /// The octets of a `ds:Signature` with `id` over `targets`, to stand in `place`, which is the document element when
    /// that is left out; `keyInfo` is the content of `ds:KeyInfo`.
    package func signature(
        id: String,
        over targets: [Target],
        in document: XMLDocument,
        at place: NodeID? = nil,
        key: PrivateKey,
        keyInfo: String
    ) throws(XMLSignatureError) -> [UInt8] {
        try signature(id: id, over: targets, in: document, at: place, key: .privateKey(key), keyInfo: keyInfo)
    }

    /// The octets of a `ds:Signature` with `id` over `targets`, by a private key or a shared secret; as above.
    package func signature(
        id: String,
        over targets: [Target],
        in document: XMLDocument,
        at place: NodeID? = nil,
        key: SigningKey,
        keyInfo: String
    ) throws(XMLSignatureError) -> [UInt8] {
        try document.checkCanonicalForm()
        for case .element(_, _, let outlying?) in targets.map(\.content) { try outlying.document.checkCanonicalForm() }
        let content = signedInfoContent(over: targets, in: document)
        let namespace = "xmlns:ds=\"\(XMLSignatureNamespace.signature)\""
        let written = { (value: String) in
            "<ds:Signature \(namespace) Id=\"\(id)\"><ds:SignedInfo>\(content)</ds:SignedInfo><ds:SignatureValue>"
                + value + "</ds:SignatureValue><ds:KeyInfo>\(keyInfo)</ds:KeyInfo></ds:Signature>"
        }
        let octets =
            canonicalization.algorithm == .exclusive10
            ? Array("<ds:SignedInfo \(namespace)>\(content)</ds:SignedInfo>".utf8)
            : try signedInfoOctets(of: written(""), in: document, at: place ?? document.root)
        let value = try key.signature(over: octets, by: method)
        return Array(written(Base64.encode(value)).utf8)
    }

    /// The canonical form of SignedInfo in a signature that stands in `place`.
    private func signedInfoOctets(
        of signature: String,
        in document: XMLDocument,
        at place: NodeID
    ) throws(XMLSignatureError) -> [UInt8] {
        let namespace = XMLSignatureNamespace.signature
        guard let (fragment, parent) = try? document.fragment(Array(signature.utf8), in: place),
            let element = fragment.firstElement("Signature", in: namespace, of: parent),
            let info = fragment.firstElement("SignedInfo", in: namespace, of: element)
        else { throw .malformed("the signature cannot stand at its place") }
        return fragment.canonicalOctets(of: info, by: canonicalization)
    }

    private func signedInfoContent(over targets: [Target], in document: XMLDocument) -> String {
        var content = Self.empty("CanonicalizationMethod", algorithm: canonicalization.uri)
        content += method.canonicalText
        for target in targets {
            let value =
                switch target.content {
                case .element(let node, let method, let outlying):
                    document.digest(of: node, by: digest, as: method, with: outlying)
                case .octets(let octets): digest.digest(of: octets)
                }
            content += "<ds:Reference URI=\"#\(target.id)\"><ds:Transforms>\(target.transform)</ds:Transforms>"
            content += Self.empty("DigestMethod", algorithm: digest.uri)
            content += "<ds:DigestValue>\(Base64.encode(value))</ds:DigestValue></ds:Reference>"
        }
        return content
    }

    static func empty(_ name: String, algorithm: String) -> String {
        "<ds:\(name) Algorithm=\"\(algorithm)\"></ds:\(name)>"
    }
}
