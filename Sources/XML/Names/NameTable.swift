/// The distinct strings of a finished document, by number.
struct NameTable: ~Copyable, Sendable {
    private let pool: Column<UInt8>
    private let records: Column<NameRecord>

    init(pool: consuming Column<UInt8>, records: consuming Column<NameRecord>) {
        self.pool = pool
        self.records = records
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
        let record = records[id]
        guard Int(record.octetCount) == text.utf8.count else { return false }
        return pool.withSpan { $0.holds(text, in: record.range) }
    }

    /// The number of `text`; nil when the document does not hold it.
    ///
    /// Linear in the distinct names.
    func id(of text: String) -> UInt32? {
        for id in 0..<UInt32(count) where matches(id, text) { return id }
        return nil
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
