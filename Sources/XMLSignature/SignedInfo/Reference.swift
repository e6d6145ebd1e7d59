package import Cryptography
import XML

/// `ds:Reference` (XML Signature 1.1 section 4.4.3) to one element of the same document, by id.
package struct Reference: Hashable, Sendable {
    /// The id that the URI names.
    package let id: String
    /// The URI.
    var uri: String { "#" + id }
    /// How the element becomes octets.
    package let transforms: Transforms
    /// The hash.
    package let digest: DigestAlgorithm
    /// What the octets hash to.
    package let digestValue: [UInt8]

    init(reading node: NodeID, in document: XMLDocument, limits: SignatureLimits) throws(XMLSignatureError) {
        id = try Self.id(of: node, in: document)
        var children = document.elements(in: node).makeIterator()
        var next = children.next()
        var list: NodeID?
        if let child = next, document.isNamed(child, "Transforms", in: XMLSignatureNamespace.signature) {
            list = child
            next = children.next()
        }
        transforms = try Transforms(reading: list, in: document, limits: limits)
        guard let method = next, document.isNamed(method, "DigestMethod", in: XMLSignatureNamespace.signature),
            let value = children.next(), document.isNamed(value, "DigestValue", in: XMLSignatureNamespace.signature),
            children.next() == nil
        else { throw .malformed("ds:Reference must hold ds:Transforms, ds:DigestMethod and ds:DigestValue") }
        let uri = document.attribute("Algorithm", of: method) ?? ""
        guard let digest = DigestAlgorithm(uri: uri), document.hasNoElements(method) else {
            throw .unsupportedAlgorithm(element: "ds:DigestMethod", uri: uri)
        }
        guard let octets = document.base64Octets(of: value), octets.count == digest.octetCount else {
            throw .malformed("ds:DigestValue is not the Base64 of a \(digest) digest")
        }
        self.digest = digest
        digestValue = octets
    }

    private static func id(of node: NodeID, in document: XMLDocument) throws(XMLSignatureError) -> String {
        guard let uri = document.attribute("URI", of: node) else {
            throw .unresolvedReference(uri: "", reason: "ds:Reference without URI")
        }
        guard !uri.hasPrefix("cid:") else {
            throw .unresolvedReference(uri: uri, reason: "signed attachments are not supported")
        }
        guard let id = SameDocumentReference.id(in: uri) else {
            throw .unresolvedReference(uri: uri, reason: "only \"#id\" within the message is allowed")
        }
        return id
    }
}

extension XMLDocument {
    /// Whether `node` has no child element.
    func hasNoElements(_ node: NodeID) -> Bool {
        var children = elements(in: node).makeIterator()
        return children.next() == nil
    }
}
