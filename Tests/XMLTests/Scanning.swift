import XML

/// Scans text in UTF-8.
func scan(_ text: String, limits: XMLLimits = .standard) throws(XMLError) -> XMLDocument {
    try XMLDocument(scanning: [UInt8](text.utf8), limits: limits)
}

/// The error that scanning ends with; nil when there is none.
func scanError(_ octets: [UInt8], limits: XMLLimits = .standard) -> XMLError? {
    do throws(XMLError) {
        _ = try XMLDocument(scanning: octets, limits: limits)
        return nil
    } catch {
        return error
    }
}

/// The canonical form of the node that a path of local names leads to; of the document when there is none.
func canonical(_ text: String, _ method: Canonicalization, of path: String...) throws -> String {
    let document = try scan(text)
    var node = NodeID.document
    for name in path {
        let next = document.elements(in: node).first { document.name(of: $0).localName == name }
        guard let next else { throw NoSuchElement(name: name) }
        node = next
    }
    return String(decoding: document.canonicalOctets(of: node, by: method), as: UTF8.self)
}

/// A path that leads nowhere.
struct NoSuchElement: Error {
    let name: String
}
