/// A scanned document, which nothing changes: its octets and the tables that describe them.
final class Tape: Sendable {
    let octets: [UInt8]
    let tables: Tables
    let root: Int

    init(
        octets: [UInt8],
        tables: consuming Tables,
        root: Int
    ) {
        self.octets = octets
        self.tables = tables
        self.root = root
    }

    /// The place after the last node below `index`: nodes below follow it without a gap.
    func subtreeEnd(of index: Int) -> Int {
        let end = tables.nodes[index].end
        if index == 0 { return tables.nodes.count }
        if tables.nodes[index].next != 0 { return Int(tables.nodes[index].next) }
        var low = index + 1
        var high = tables.nodes.count
        while low < high {
            let middle = (low + high) / 2
            if tables.nodes[middle].start < end { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The namespace that `prefix` is bound to under declaration `scope`; nil for none.
    func namespace(of prefix: UInt32, scope: UInt32) -> UInt32? {
        var binding = Int(scope)
        while binding != 0 {
            if tables.bindings[binding].prefix == prefix { return tables.bindings[binding].namespace }
            binding = Int(tables.bindings[binding].outer)
        }
        return nil
    }
}
