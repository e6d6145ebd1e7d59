/// The distinct strings of a finished document, by number.
struct NameTable: ~Copyable, Sendable {
    private let pool: Column<UInt8>
    private let records: Column<NameRecord>
    /// By keyed hash: the number of a name and one, or 0.
    private let slots: Column<UInt32>
    private let hasher: SipHash

    init(
        pool: consuming Column<UInt8>,
        records: consuming Column<NameRecord>,
        slots: consuming Column<UInt32>,
        hasher: SipHash
    ) {
        self.pool = pool
        self.records = records
        self.slots = slots
        self.hasher = hasher
    }

    /// How many names there are; their numbers are below it.
    var count: Int { records.count }

    func text(_ id: UInt32) -> String {
        let range = records[id].range
        return pool.withSpan { $0.string(in: range) }
    }

    /// Lends the octets of a name, as a range of those of all names.
    @inline(__always)
    func withOctets(of id: UInt32, _ body: (Span<UInt8>, Range<Int>) -> Void) {
        let range = records[id].range
        pool.withSpan { body($0, range) }
    }

    /// Whether name `id` is `text`; allocates nothing.
    func matches(_ id: UInt32, _ text: String) -> Bool {
        var text = text
        return text.withUTF8 { holds($0.span, at: id) }
    }

    /// The number of `text`; nil when the document does not hold it.
    func id(of text: String) -> UInt32? {
        var text = text
        return text.withUTF8 { octets in
            let input = octets.span
            var slot = Int(hasher.hash(input, 0..<input.count)) & (slots.count - 1)
            while slots[slot] != 0 {
                let id = slots[slot] - 1
                if holds(input, at: id) { return id }
                slot = (slot + 1) & (slots.count - 1)
            }
            return nil
        }
    }

    private func holds(_ octets: Span<UInt8>, at id: UInt32) -> Bool {
        let record = records[id]
        guard Int(record.octetCount) == octets.count else { return false }
        return pool.withSpan { $0.equals(octets, at: 0, from: Int(record.offset), count: octets.count) }
    }

    /// Whether name `left` comes before name `right` by code points.
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        let first = records[left].range
        let second = records[right].range
        return pool.withSpan { $0.precedes(first, second) }
    }

    @inline(__always)
    func octetCount(of name: UInt32) -> Int { Int(records[name].octetCount) }

    @inline(__always)
    func prefix(of name: UInt32) -> UInt32 { records[name].prefix }

    @inline(__always)
    func localName(of name: UInt32) -> UInt32 { records[name].localName }
}
