/// Writes a part of a tape in canonical form: Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0.
///
/// Walks the tape once, without recursion; every octet of source is read at most once more.
struct Canonicalizer: ~Copyable {
    let tape: Tape
    let method: Canonicalization
    var output: CanonicalOutput
    var axis: NamespaceAxis
    /// The attributes of the present element, by their places in the tape.
    var order = Column<UInt32>(capacity: 16)
    /// The attribute that the joined `xml:base` takes the place of, and the joined value.
    var joinedAttribute = UInt32.max
    var joinedBase: [UInt8] = []
    /// For each open element: how far the namespace axis goes back at its end.
    private var marks = Column<Int>(capacity: 32)

    init(_ tape: Tape, by method: Canonicalization, into body: @escaping (Span<UInt8>) -> Void) {
        self.tape = tape
        self.method = method
        output = CanonicalOutput(into: body)
        axis = NamespaceAxis(method, names: tape.names)
    }

    /// Writes the node at `apex` with all below it, except the nodes at `omitted`.
    mutating func write(_ apex: Int, omitting omitted: Range<Int>) {
        let octets = tape.octets
        let input = octets.span
        let end = tape.subtreeEnd(of: apex)
        let outside = tape.nodes[apex].parent
        var open = outside
        var index = apex == 0 ? 1 : apex
        while index < end {
            guard !omitted.contains(index) else {
                index = omitted.upperBound
                continue
            }
            let node = tape.nodes[index]
            while open != node.parent { open = close(open, input) }
            if node.kind == .element {
                marks.append(axis.mark)
                writeStartTag(node, isApex: index == apex, input)
                open = UInt32(index)
            } else {
                write(node, isBeforeRoot: index < tape.root, isInDocument: apex == 0 && node.parent == 0, input)
            }
            index += 1
        }
        while open != outside { open = close(open, input) }
        output.flush()
    }

    /// Ends an element and returns its parent.
    @inline(__always)
    private mutating func close(_ element: UInt32, _ input: Span<UInt8>) -> UInt32 {
        let node = tape.nodes[element]
        writeEndTag(node, input)
        let level = marks.count - 1
        axis.restore(to: marks[level])
        marks.truncate(to: level)
        return node.parent
    }

    /// Writes a node that is no element; beside the document element each has a line of its own.
    @inline(__always)
    private mutating func write(_ node: NodeRecord, isBeforeRoot: Bool, isInDocument: Bool, _ input: Span<UInt8>) {
        if node.kind == .text { return writeText(node, input) }
        guard node.kind == .processingInstruction || method.withComments else { return }
        if isInDocument, !isBeforeRoot { output.write(0x0A) }
        if node.kind == .comment { writeComment(node, input) } else { writeProcessingInstruction(node, input) }
        if isInDocument, isBeforeRoot { output.write(0x0A) }
    }

    @inline(__always)
    private mutating func writeText(_ node: NodeRecord, _ input: Span<UInt8>) {
        if node.flags.contains(.clean) {
            output.write(input, node.contentRange)
        } else if node.flags.contains(.characterData) {
            output.writeCharacterData(input, node.contentRange)
        } else {
            output.writeText(input, node.contentRange)
        }
    }

    private mutating func writeComment(_ node: NodeRecord, _ input: Span<UInt8>) {
        output.write("<!--")
        output.writeVerbatim(input, node.contentRange)
        output.write("-->")
    }

    private mutating func writeProcessingInstruction(_ node: NodeRecord, _ input: Span<UInt8>) {
        let target = Int(node.start) + 2
        output.write("<?")
        output.write(input, target..<target + tape.names.octetCount(of: node.name))
        if !node.contentRange.isEmpty { output.write(0x20) }
        output.writeVerbatim(input, node.contentRange)
        output.write("?>")
    }
}
