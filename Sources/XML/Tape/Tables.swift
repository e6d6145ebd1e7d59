/// The tables that describe scanned octets: a tape has those of a whole document, a stream those of a piece.
struct Tables: ~Copyable, Sendable {
    var nodes: Column<NodeRecord>
    var attributes: Column<AttributeRecord>
    var bindings = Column<BindingRecord>(capacity: 32)
    var names = NameTable()

    /// Tables with room for what so many octets commonly need.
    init(octetCount: Int) {
        nodes = Column(capacity: octetCount / 16)
        attributes = Column(capacity: octetCount / 48)
        bindings.append(.none)
        bindings.append(.xml)
    }
}

extension Tables {
    /// The order of attributes: by namespace URI, then by local name.
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        let first = attributes[left]
        let second = attributes[right]
        if first.namespace != second.namespace { return names.precedes(first.namespace, second.namespace) }
        return names.precedes(names.localName(of: first.name), names.localName(of: second.name))
    }

    /// The attributes of an element; none of other nodes.
    func attributeRange(of node: Int) -> Range<Int> {
        let first = Int(nodes[node].firstAttribute)
        return first..<first + Int(nodes[node].attributeCount)
    }
}
