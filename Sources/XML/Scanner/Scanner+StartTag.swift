extension Scanner {
    /// Reads a start tag or an empty-element tag (XML 1.0 productions 40 and 44).
    mutating func scanStartTag(_ input: Span<UInt8>) throws(XMLError) {
        let start = position
        guard open.count > 1 || root == 0 else { throw XMLError(.contentOutsideDocumentElement, at: start) }
        guard open.count <= limits.depth else { throw XMLError(.limitExceeded(.depth, limits.depth), at: start) }
        position += 1
        let name = try scanName(input)
        let outer = OpenElement(node: UInt32(tables.nodes.count), outerScope: scope, outerBindingCount: bindingCount)
        let firstAttribute = tables.attributes.count
        let isEmpty = try scanAttributes(input, firstBinding: tables.bindings.count)
        let node = NodeRecord(
            kind: .element,
            flags: isEmpty ? .emptyElementTag : [],
            attributeCount: UInt16(truncatingIfNeeded: tables.attributes.count - firstAttribute),
            start: UInt32(start),
            end: UInt32(position),
            contentStart: UInt32(position),
            contentEnd: UInt32(position),
            parent: parent,
            name: name,
            namespace: try namespace(ofElement: name, at: start + 1),
            scope: scope,
            firstAttribute: UInt32(firstAttribute)
        )
        let index = try add(node)
        if root == 0 { root = index }
        if tables.attributes.count > firstAttribute { try resolveAttributes(from: firstAttribute, of: index) }
        if isEmpty { leaveScope(of: outer) } else { open.append(outer) }
    }

    /// Reads the end tag of the open element (production 42).
    mutating func scanEndTag(_ input: Span<UInt8>) throws(XMLError) {
        let start = position
        let level = open.count - 1
        guard level > 0 else { throw XMLError(.unexpectedEndTag, at: start) }
        let element = open[level]
        let node = tables.nodes[element.node]
        let length = Int(tables.names.records[node.name].octetCount)
        position += 2
        guard tables.names.matches(node.name, input, at: position),
            !CharacterClass.mayBeName(input.octet(at: position + length))
        else { throw XMLError(.mismatchedEndTag(expected: tables.names.messageText(node.name)), at: start) }
        position += length
        skipSpace(input)
        guard input.octet(at: position) == 0x3E else { throw broken(.endTag, input) }
        position += 1
        tables.nodes[element.node].contentEnd = UInt32(start)
        tables.nodes[element.node].end = UInt32(position)
        open.truncate(to: level)
        leaveScope(of: element)
    }

    /// The error of a construct that does not go on as it must at the present position.
    func broken(_ construct: XMLError.Construct, _ input: Span<UInt8>) -> XMLError {
        XMLError(
            position >= input.count ? .unexpectedEnd(construct) : .malformed(construct),
            at: min(position, input.count)
        )
    }
}
