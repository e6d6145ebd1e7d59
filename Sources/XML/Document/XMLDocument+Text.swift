extension XMLDocument {
    /// The string value: all text below the node, references resolved, comments and processing instructions left out.
    ///
    /// Of a comment or a processing instruction it is their data.
    package func text(of node: NodeID) -> String { String(decoding: textOctets(of: node), as: UTF8.self) }

    /// The string value as UTF-8.
    package func textOctets(of node: NodeID) -> [UInt8] {
        var octets: [UInt8] = []
        let isParent = kind(of: node) == .element || kind(of: node) == .document
        for index in node.index..<tape.subtreeEnd(of: node.index) {
            let record = tape.tables.nodes[index]
            if record.kind == .text || !isParent { append(record, to: &octets) }
        }
        return octets
    }

    private func append(_ record: NodeRecord, to octets: inout [UInt8]) {
        if record.flags.contains(.clean) {
            octets.append(contentsOf: tape.octets[record.contentRange])
        } else {
            let isVerbatim = record.kind != .text || record.flags.contains(.characterData)
            let place: CharacterContent.Place = isVerbatim ? .verbatim : .text
            let source = tape.octets
            CharacterContent.append(source.span, record.contentRange, as: place, to: &octets)
        }
    }

    /// The octets of the whole node, tags or delimiters included.
    package func range(of node: NodeID) -> Range<Int> { tape.tables.nodes[node.index].range }

    /// The octets between an element's tags, empty at an empty-element tag; of other nodes, of their data.
    package func contentRange(of node: NodeID) -> Range<Int> { tape.tables.nodes[node.index].contentRange }

    /// Whether the element is written as one tag, `<name/>`.
    package func isEmptyElementTag(_ node: NodeID) -> Bool {
        tape.tables.nodes[node.index].flags.contains(.emptyElementTag)
    }
}
