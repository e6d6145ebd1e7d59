/// Drives a canonicalizer over a tape: once, without recursion; every octet of source is read at most once more.
extension Canonicalizer {
    /// Writes the node at `apex` with all below it, except the nodes at `omitted`; the element at `copied`, if it is not 0,
    /// is copied.
    mutating func write(_ apex: Int, of tape: Tape, omitting omitted: Range<Int>, copying copied: UInt32 = 0) {
        let octets = tape.octets
        let input = octets.span
        let end = tape.subtreeEnd(of: apex)
        let outside = tape.tables.nodes[apex].parent
        var open = outside
        var index = apex == 0 ? 1 : apex
        while index < end {
            guard !omitted.contains(index) else {
                index = omitted.upperBound
                continue
            }
            let node = tape.tables.nodes[index]
            while open != node.parent { open = close(open, of: tape, input, copied) }
            if node.kind == .element {
                let isApex = index == apex
                let outerScope = isApex ? 0 : tape.tables.nodes[node.parent].scope
                self.open(node, outerScope: outerScope, isApex: isApex, tape.tables, input)
                open = UInt32(index)
                if open == copied { beginCopy(of: node, tape.tables, input) }
            } else {
                let isInDocument = apex == 0 && node.parent == 0
                write(node, beside: isInDocument ? (index < tape.root ? .before : .after) : nil, tape.tables, input)
            }
            index += 1
        }
        while open != outside { open = close(open, of: tape, input, copied) }
        output.flush()
    }

    /// Ends an element and returns its parent.
    @inline(__always)
    private mutating func close(_ element: UInt32, of tape: Tape, _ input: Span<UInt8>, _ copied: UInt32) -> UInt32 {
        let node = tape.tables.nodes[element]
        close(node, tape.tables, input)
        if element == copied { endCopy() }
        return node.parent
    }
}
