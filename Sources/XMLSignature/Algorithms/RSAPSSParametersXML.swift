import Cryptography
import XML

extension RSAPSSParameters {
    /// Reads the parameters below `node`, a `ds:SignatureMethod`.
    ///
    /// Defaults are those of RFC 9231: SHA-256, a salt as long as a digest, trailer field 1. Which hash the mask has
    /// when none is named, the RFC leaves open; so for other hashes than SHA-256 it must be named.
    init(reading node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        var children = document.elements(in: node).makeIterator()
        guard let element = children.next() else {
            self.init(.sha256)
            return
        }
        guard children.next() == nil, document.isNamed(element, "RSAPSSParams", in: XMLSignatureNamespace.more2007)
        else { throw .malformed("ds:SignatureMethod of RSA-PSS takes one pss:RSAPSSParams") }
        var reader = Reader(document, element)
        let digest = try reader.digest(in: document) ?? .sha256
        let mask = try reader.mask()
        let salt = try reader.number("SaltLength")
        guard try reader.number("TrailerField") ?? 1 == 1 else {
            throw .malformed("pss:TrailerField must be 1")
        }
        try reader.end()
        guard mask != nil || digest == .sha256 else {
            throw .malformed("pss:MaskGenerationFunction must name its ds:DigestMethod")
        }
        guard salt ?? 0 <= Self.saltLimit else {
            throw .limitExceeded(of: "octets in pss:SaltLength", limit: Self.saltLimit)
        }
        self.init(digest, mask: mask, saltOctetCount: salt)
    }

    /// The element in canonical form; the prefix `ds` is bound around it.
    var canonicalText: String {
        let digestMethod = Self.digestMethod(digest)
        return "<pss:RSAPSSParams xmlns:pss=\"\(XMLSignatureNamespace.more2007)\">" + digestMethod
            + "<pss:MaskGenerationFunction Algorithm=\"\(Self.mgf1URI)\">" + Self.digestMethod(mask)
            + "</pss:MaskGenerationFunction><pss:SaltLength>\(saltOctetCount)</pss:SaltLength>"
            + "<pss:TrailerField>1</pss:TrailerField></pss:RSAPSSParams>"
    }

    private static let mgf1URI = XMLSignatureNamespace.more2007 + "MGF1"

    private static func digestMethod(_ digest: DigestAlgorithm) -> String {
        "<ds:DigestMethod Algorithm=\"\(digest.uri)\"></ds:DigestMethod>"
    }

    /// Takes the children of an element in the schema's order; each may be missing.
    private struct Reader {
        private let document: XMLDocument
        private var rest: ArraySlice<NodeID> = []

        init(_ document: XMLDocument, _ element: NodeID) {
            self.document = document
            for child in document.elements(in: element).prefix(5) { rest.append(child) }
        }

        mutating func digest(in document: XMLDocument) throws(XMLSignatureError) -> DigestAlgorithm? {
            guard let node = take("DigestMethod", XMLSignatureNamespace.signature) else { return nil }
            let uri = document.attribute("Algorithm", of: node) ?? ""
            guard let digest = DigestAlgorithm(uri: uri), document.hasNoElements(node) else {
                throw .unsupportedAlgorithm(element: "ds:DigestMethod", uri: uri)
            }
            return digest
        }

        mutating func mask() throws(XMLSignatureError) -> DigestAlgorithm? {
            guard let node = take("MaskGenerationFunction", XMLSignatureNamespace.more2007) else { return nil }
            let uri = document.attribute("Algorithm", of: node) ?? mgf1URI
            guard uri == mgf1URI else { throw .unsupportedAlgorithm(element: "pss:MaskGenerationFunction", uri: uri) }
            var inner = Reader(document, node)
            let digest = try inner.digest(in: document)
            try inner.end()
            return digest
        }

        mutating func number(_ name: String) throws(XMLSignatureError) -> Int? {
            guard let node = take(name, XMLSignatureNamespace.more2007) else { return nil }
            let text = document.text(of: node).trimmingXMLSpace()
            guard text.utf8.count <= 4, let number = Int(text), number >= 0, document.hasNoElements(node) else {
                throw .malformed("pss:\(name) is not a small number")
            }
            return number
        }

        func end() throws(XMLSignatureError) {
            guard rest.isEmpty else { throw .malformed("pss:RSAPSSParams holds an element that is not its own") }
        }

        private mutating func take(_ name: String, _ namespace: String) -> NodeID? {
            guard let node = rest.first, document.isNamed(node, name, in: namespace) else { return nil }
            rest.removeFirst()
            return node
        }
    }
}
