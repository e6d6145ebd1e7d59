extension XMLDocument {
    /// Lends the string value of an element as UTF-8: where it lies when it is one run of text without references.
    package func withTextOctets<Result>(of node: NodeID, _ body: (Span<UInt8>) -> Result) -> Result {
        let first = node.index + 1
        if kind(of: node) == .element, tape.subtreeEnd(of: node.index) == first + 1 {
            let record = tape.tables.nodes[first]
            if record.kind == .text, record.flags.contains(.clean) {
                let octets = tape.octets
                return body(octets.span.extracting(record.contentRange))
            }
        }
        let octets = textOctets(of: node)
        return body(octets.span)
    }
}
