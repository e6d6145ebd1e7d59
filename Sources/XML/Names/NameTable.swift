/// The distinct strings of a finished document, by number.
struct NameTable: Sendable {
    let pool: [UInt8]
    let records: [NameRecord]

    func text(_ id: UInt32) -> String { pool.span.string(in: records[Int(id)].range) }

    /// Whether name `id` is `text`; allocates nothing.
    func matches(_ id: UInt32, _ text: String) -> Bool {
        let record = records[Int(id)]
        guard Int(record.octetCount) == text.utf8.count else { return false }
        return pool.span.holds(text, in: record.range)
    }

    /// The number of `text`; nil when the document does not hold it.
    ///
    /// Linear in the distinct names.
    func id(of text: String) -> UInt32? {
        for id in records.indices where matches(UInt32(id), text) { return UInt32(id) }
        return nil
    }

    /// Whether name `left` comes before name `right` by code points.
    func precedes(_ left: UInt32, _ right: UInt32) -> Bool {
        pool.span.precedes(records[Int(left)].range, records[Int(right)].range)
    }

    func prefix(of name: UInt32) -> UInt32 { records[Int(name)].prefix }

    func localName(of name: UInt32) -> UInt32 { records[Int(name)].localName }
}
