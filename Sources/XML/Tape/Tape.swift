/// A scanned document, which nothing changes: its octets and the tables that describe them.
///
/// `@unchecked Sendable`: `octets` changes at the end alone.
final class Tape: @unchecked Sendable {
    private(set) var octets: [UInt8]
    let tables: Tables
    let root: Int
    /// Whether nobody but the document has the octets, so that they can be used again after it.
    private let isOwner: Bool

    init(
        octets: [UInt8],
        tables: consuming Tables,
        root: Int,
        isOwner: Bool
    ) {
        self.octets = octets
        self.tables = tables
        self.root = root
        self.isOwner = isOwner
    }

    deinit {
        guard isOwner else { return }
        let own = octets
        octets = []
        ReusableOctets.give(own)
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
