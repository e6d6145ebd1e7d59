/// Which namespace declarations the canonical form needs: those that the output's ancestors have not made.
///
/// Canonical XML 1.0 section 2.3, Exclusive XML Canonicalization 1.0 section 3.
struct NamespaceAxis: ~Copyable {
    /// One declaration to be written, or one that was in force before.
    struct Entry: BitwiseCopyable {
        var prefix: UInt32
        var namespace: UInt32
    }

    /// By prefix: the namespace in force in the output; with `watched` in it where another output differs.
    private var rendered: Column<UInt32>
    private static let watched: UInt32 = 1 << 31
    /// Whether a prefix in which the other output differs has been needed.
    private(set) var hasMetDifference = false
    /// By prefix: whether it is treated as inclusive canonicalization does; empty when none is.
    private var inclusive: Column<Bool>
    /// By prefix: the last element whose declarations held it.
    private var seenAt: Column<UInt32>
    private var elementNumber: UInt32 = 0
    private let isExclusive: Bool
    /// The prefixes of the method's list.
    private let listed: [String]
    private let hasInclusive: Bool
    /// What to restore when elements end.
    private var undo = Column<Entry>(capacity: 32)
    /// The declarations of the present element.
    private(set) var pending = Column<Entry>(capacity: 32)

    init(_ method: Canonicalization, names: borrowing NameTable) {
        isExclusive = method.algorithm == .exclusive10
        hasInclusive = !isExclusive || !method.inclusivePrefixes.isEmpty
        listed = isExclusive ? method.inclusivePrefixes.map { $0 == "#default" ? "" : $0 } : []
        rendered = Column(capacity: names.count)
        inclusive = Column(capacity: hasInclusive ? names.count : 0)
        seenAt = Column(capacity: hasInclusive ? names.count : 0)
        adopt(names)
        // XML's own prefix is never declared in canonical form.
        rendered[NameID.xml] = NameID.xmlNamespace
    }

    /// Takes in the names that have come since.
    mutating func adopt(_ names: borrowing NameTable) {
        let known = rendered.count
        let added = names.count - known
        guard added > 0 else { return }
        rendered.append(repeating: NameID.empty, count: added)
        guard hasInclusive else { return }
        inclusive.append(repeating: !isExclusive, count: added)
        seenAt.append(repeating: 0, count: added)
        for prefix in listed {
            if let id = names.id(of: prefix) { inclusive[id] = true }
        }
    }

    /// Watches for the need of declarations that one output has and `other` has not, or has otherwise.
    mutating func watchDifferences(from other: borrowing NamespaceAxis) {
        for prefix in 0..<rendered.count where rendered[prefix] != other.rendered[prefix] {
            rendered[prefix] |= Self.watched
        }
    }

    /// How far to go back when the present element ends.
    var mark: Int { undo.count }

    /// Goes back to `mark`.
    @inline(__always)
    mutating func restore(to mark: Int) {
        while undo.count > mark {
            let last = undo[undo.count - 1]
            rendered[last.prefix] = last.namespace
            undo.truncate(to: undo.count - 1)
        }
    }

    /// Fills `pending` for an element: `outerScope` is the scope in which its own declarations stand.
    @inline(__always)
    mutating func collect(_ node: NodeRecord, outerScope: UInt32, _ tables: borrowing Tables) {
        pending.truncate(to: 0)
        if hasInclusive, node.scope != outerScope { collectBindings(from: node.scope, to: outerScope, tables) }
        guard isExclusive else { return }
        need(tables.names.prefix(of: node.name), node.namespace)
        let first = Int(node.firstAttribute)
        for index in first..<first + Int(node.attributeCount) {
            let attribute = tables.attributes[index]
            let prefix = tables.names.prefix(of: attribute.name)
            if prefix != NameID.empty { need(prefix, attribute.namespace) }
        }
    }

    /// Orders `pending` by prefix.
    @inline(__always)
    mutating func sort(_ tables: borrowing Tables) {
        if pending.count > 1 { pending.sort { tables.names.precedes($0.prefix, $1.prefix) } }
    }

    /// Takes the declarations between two scopes; of one prefix the innermost counts.
    private mutating func collectBindings(from scope: UInt32, to outerScope: UInt32, _ tables: borrowing Tables) {
        elementNumber += 1
        var place = scope
        while place != outerScope, place != 0 {
            let binding = tables.bindings[place]
            if inclusive[binding.prefix], seenAt[binding.prefix] != elementNumber {
                seenAt[binding.prefix] = elementNumber
                need(binding.prefix, binding.namespace)
            }
            place = binding.outer
        }
    }

    @inline(__always)
    private mutating func need(_ prefix: UInt32, _ namespace: UInt32) {
        let present = rendered[prefix]
        guard present != namespace else { return }
        if present & Self.watched != 0 {
            hasMetDifference = true
            guard present ^ Self.watched != namespace else { return }
        }
        undo.append(Entry(prefix: prefix, namespace: present))
        rendered[prefix] = namespace
        pending.append(Entry(prefix: prefix, namespace: namespace))
    }
}
