/// Writes nodes in canonical form: Canonical XML 1.0 and 1.1, Exclusive XML Canonicalization 1.0.
///
/// Those who drive it hand it one node after the other in document order, with the tables and octets that the node is in.
struct Canonicalizer: ~Copyable {
    let method: Canonicalization
    var output: CanonicalOutput
    var axis: NamespaceAxis
    /// The attributes of the present element, by their places in the tables.
    var order = Column<UInt32>(capacity: 16)
    /// The attribute that the joined `xml:base` takes the place of, and the joined value.
    var joinedAttribute = UInt32.max
    var joinedBase: [UInt8] = []
    /// For each open element: how far the namespace axis goes back at its end.
    private var marks = Column<Int>(capacity: 32)

    init(_ method: Canonicalization, names: borrowing NameTable, into body: @escaping (Span<UInt8>) -> Void) {
        self.method = method
        output = CanonicalOutput(into: body)
        axis = NamespaceAxis(method, names: names)
    }

    /// Begins an element; `outerScope` is the scope round its own declarations, 0 for an apex, above which nothing has
    /// been written.
    @inline(__always)
    mutating func open(
        _ node: NodeRecord,
        outerScope: UInt32,
        isApex: Bool,
        _ tables: borrowing Tables,
        _ input: Span<UInt8>
    ) {
        marks.append(axis.mark)
        writeStartTag(node, outerScope: outerScope, isApex: isApex, tables, input)
    }

    /// Ends an element.
    @inline(__always)
    mutating func close(_ node: NodeRecord, _ tables: borrowing Tables, _ input: Span<UInt8>) {
        writeEndTag(node, tables, input)
        let level = marks.count - 1
        axis.restore(to: marks[level])
        marks.truncate(to: level)
    }

    /// How many elements are open.
    var depth: Int { marks.count }

    /// Writes a node that is no element; beside the document element each has a line of its own.
    @inline(__always)
    mutating func write(
        _ node: NodeRecord,
        beside root: RootSide?,
        _ tables: borrowing Tables,
        _ input: Span<UInt8>
    ) {
        if node.kind == .text { return writeText(node, input) }
        guard node.kind == .processingInstruction || method.withComments else { return }
        if root == .after { output.write(0x0A) }
        if node.kind == .comment { writeComment(node, input) } else { writeInstruction(node, tables, input) }
        if root == .before { output.write(0x0A) }
    }

    /// The side of the document element on which a node of the document itself stands.
    enum RootSide {
        case before, after
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

    private mutating func writeInstruction(
        _ node: NodeRecord,
        _ tables: borrowing Tables,
        _ input: Span<UInt8>
    ) {
        let target = Int(node.start) + 2
        output.write("<?")
        output.write(input, target..<target + tables.names.octetCount(of: node.name))
        if !node.contentRange.isEmpty { output.write(0x20) }
        output.writeVerbatim(input, node.contentRange)
        output.write("?>")
    }
}
