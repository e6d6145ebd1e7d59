/// Drives a canonicalizer over the pieces of a stream.
final class StreamedPart {
    private let apex: XMLStreamPart.Apex
    private let omitted: Int?
    private var canonicalizer: Canonicalizer
    private var walk = Walk()

    init(_ part: XMLStreamPart, names: borrowing NameTable) {
        apex = part.apex
        omitted = part.omitted
        canonicalizer = Canonicalizer(part.method, names: names, into: part.body)
        if apex == .document { walk.apexDepth = 0 }
    }

    /// Writes what the part has of the nodes from `first` on.
    func write(_ tables: borrowing Tables, _ input: Span<UInt8>, from first: Int, open last: UInt32) throws(XMLError) {
        try Self.write(
            &canonicalizer,
            &walk,
            (apex, omitted),
            tables,
            input,
            nodes: first..<tables.nodes.count,
            open: last
        )
    }

    /// The state of the walk, which the pieces hand on to one another.
    private struct Walk {
        /// The open element.
        var open: UInt32 = 0
        var depth = 0
        var elementCount = 0
        /// The depth of the open apex, of the parent of apices, of the omitted element, and of the highest open element
        /// with `xml:` attributes above the apex.
        var apexDepth: Int?
        var parentDepth: Int?
        var omittedDepth: Int?
        var inheritedDepth: Int?
    }

    private static func write(
        _ canonicalizer: inout Canonicalizer,
        _ walk: inout Walk,
        _ part: (apex: XMLStreamPart.Apex, omitted: Int?),
        _ tables: borrowing Tables,
        _ input: Span<UInt8>,
        nodes: Range<Int>,
        open last: UInt32
    ) throws(XMLError) {
        canonicalizer.axis.adopt(tables.names)
        for index in nodes {
            let node = tables.nodes[index]
            while walk.open != node.parent { close(&canonicalizer, &walk, tables, input) }
            if node.kind == .element {
                try begin(node, &canonicalizer, &walk, part, tables, input)
                walk.open = UInt32(index)
            } else if walk.apexDepth != nil, walk.omittedDepth == nil {
                let side: Canonicalizer.RootSide? = walk.depth > 0 ? nil : walk.elementCount == 0 ? .before : .after
                canonicalizer.write(node, beside: side, tables, input)
            }
        }
        while walk.open != last { close(&canonicalizer, &walk, tables, input) }
        canonicalizer.output.flush()
        // Open elements lie in the order of their depth in the tables of the next piece.
        walk.open = UInt32(walk.depth)
    }

    @inline(__always)
    private static func begin(
        _ node: NodeRecord,
        _ canonicalizer: inout Canonicalizer,
        _ walk: inout Walk,
        _ part: (apex: XMLStreamPart.Apex, omitted: Int?),
        _ tables: borrowing Tables,
        _ input: Span<UInt8>
    ) throws(XMLError) {
        let number = walk.elementCount
        walk.elementCount += 1
        walk.depth += 1
        guard walk.omittedDepth == nil else { return }
        if number == part.omitted {
            walk.omittedDepth = walk.depth
        } else if walk.apexDepth != nil {
            let outerScope = tables.nodes[node.parent].scope
            canonicalizer.open(node, outerScope: outerScope, isApex: false, tables, input)
        } else if part.apex == .element(number) || walk.parentDepth.map({ $0 + 1 }) == walk.depth {
            guard walk.inheritedDepth == nil || canonicalizer.method.algorithm == .exclusive10 else {
                throw XMLError(.inheritedAttributes, at: Int(node.start))
            }
            walk.apexDepth = walk.depth
            canonicalizer.open(node, outerScope: 0, isApex: true, tables, input)
        } else {
            if part.apex == .children(of: number) { walk.parentDepth = walk.depth }
            if walk.inheritedDepth == nil, tables.hasXMLAttributes(node) { walk.inheritedDepth = walk.depth }
        }
    }

    @inline(__always)
    private static func close(
        _ canonicalizer: inout Canonicalizer,
        _ walk: inout Walk,
        _ tables: borrowing Tables,
        _ input: Span<UInt8>
    ) {
        let node = tables.nodes[walk.open]
        if walk.omittedDepth != nil {
            if walk.omittedDepth == walk.depth { walk.omittedDepth = nil }
        } else if walk.apexDepth != nil {
            canonicalizer.close(node, tables, input)
            if walk.apexDepth == walk.depth { walk.apexDepth = nil }
        }
        if walk.parentDepth == walk.depth { walk.parentDepth = nil }
        if walk.inheritedDepth == walk.depth { walk.inheritedDepth = nil }
        walk.depth -= 1
        walk.open = node.parent
    }
}

extension Tables {
    /// Whether the element has attributes such as `xml:lang`.
    fileprivate func hasXMLAttributes(_ node: NodeRecord) -> Bool {
        let first = Int(node.firstAttribute)
        for index in first..<first + Int(node.attributeCount)
        where attributes[index].namespace == NameID.xmlNamespace { return true }
        return false
    }
}
