/// A scanned document, which nothing changes: its octets and the tables that describe them.
final class Tape: Sendable {
    let octets: [UInt8]
    let nodes: Column<NodeRecord>
    let attributes: Column<AttributeRecord>
    let bindings: Column<BindingRecord>
    let names: NameTable
    let root: Int

    init(
        octets: [UInt8],
        nodes: consuming Column<NodeRecord>,
        attributes: consuming Column<AttributeRecord>,
        bindings: consuming Column<BindingRecord>,
        names: consuming NameTable,
        root: Int
    ) {
        self.octets = octets
        self.nodes = nodes
        self.attributes = attributes
        self.bindings = bindings
        self.names = names
        self.root = root
    }

    /// The place after the last node below `index`: nodes below follow it without a gap.
    func subtreeEnd(of index: Int) -> Int {
        let end = nodes[index].end
        if index == 0 { return nodes.count }
        if nodes[index].next != 0 { return Int(nodes[index].next) }
        var low = index + 1
        var high = nodes.count
        while low < high {
            let middle = (low + high) / 2
            if nodes[middle].start < end { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The namespace that `prefix` is bound to under declaration `scope`; nil for none.
    func namespace(of prefix: UInt32, scope: UInt32) -> UInt32? {
        var binding = Int(scope)
        while binding != 0 {
            if bindings[binding].prefix == prefix { return bindings[binding].namespace }
            binding = Int(bindings[binding].outer)
        }
        return nil
    }
}
