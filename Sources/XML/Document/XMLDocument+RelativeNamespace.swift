extension XMLDocument {
    /// Throws `relativeNamespace` when some declaration of the document has a relative URI.
    ///
    /// Such a document can be read, but "implementations MUST report an operation failure" when it is to be canonicalized
    /// (Canonical XML 1.0 section 1.3, 1.1 section 1.3), because what it means depends on where it lies. Linear in the
    /// declarations.
    package func checkCanonicalizable() throws(XMLError) {
        if let error = placed?.content.relativeNamespace { throw error }
        for index in 2..<max(2, tape.tables.bindings.count) {
            let namespace = tape.tables.bindings[index].namespace
            guard namespace != NameID.empty, tape.tables.names.isRelativeURI(namespace) else { continue }
            let uri = String(tape.tables.names.text(namespace).prefix(64))
            throw XMLError(.relativeNamespace(uri), at: offset(ofScope: UInt32(index)))
        }
    }

    /// The element that made a declaration, which is the first in whose scope it is.
    private func offset(ofScope scope: UInt32) -> Int {
        for index in 0..<tape.tables.nodes.count where tape.tables.nodes[index].scope >= scope {
            return Int(tape.tables.nodes[index].start)
        }
        return 0
    }
}

extension NameTable {
    /// Whether the name has no scheme in front (RFC 3986 section 3.1).
    func isRelativeURI(_ id: UInt32) -> Bool {
        var isRelative = true
        withOctets(of: id) { octets, range in isRelative = !octets.beginsWithScheme(range) }
        return isRelative
    }
}

extension Span where Element == UInt8 {
    /// Whether `range` begins with a URI's scheme and its colon.
    func beginsWithScheme(_ range: Range<Int>) -> Bool {
        for index in range {
            switch self[index] {
            case 0x41...0x5A, 0x61...0x7A: continue
            case 0x2B, 0x2D, 0x2E, 0x30...0x39: guard index > range.lowerBound else { return false }
            case 0x3A: return index > range.lowerBound
            default: return false
            }
        }
        return false
    }
}
