/// The distinct strings of a document, each with one number, found under a keyed hash.
struct NameTable: ~Copyable, Sendable {
    var records: Column<NameRecord>
    private var pool: Column<UInt8>
    /// By hash: the number of a name and one, or 0.
    private var slots: Column<UInt32>
    private let hasher = SipHash.process

    /// What every table begins with: reserved and standard names.
    private static let beginning = NameTable(slotCount: slotCount)
    private static let slotCount = 1024

    /// The names of a document that has just begun.
    init() {
        records = Column(copying: Self.beginning.records, capacity: Self.slotCount / 2)
        pool = Column(copying: Self.beginning.pool, capacity: 8192)
        slots = Column(copying: Self.beginning.slots, capacity: Self.slotCount)
    }

    private init(slotCount: Int) {
        records = Column(capacity: slotCount / 2)
        pool = Column(capacity: 8192)
        slots = Column(capacity: slotCount)
        slots.append(repeating: 0, count: slotCount)
        for text in NameID.reserved { _ = intern(text) }
        records[NameID.xml].binding = 1
        StandardNames.add(to: &self)
    }

    /// How many names there are; their numbers are below it.
    var count: Int { records.count }

    /// The number of `text`, which is added when it is new.
    mutating func intern(_ text: String) -> UInt32? {
        let octets = Array(text.utf8)
        return intern(octets.span, 0..<octets.count, limit: .max)
    }

    /// The number of the octets in `range`; nil when there are `limit` different ones already.
    @inline(__always)
    mutating func intern(_ input: Span<UInt8>, _ range: Range<Int>, limit: Int) -> UInt32? {
        let hash = hasher.hash(input, range)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let id = slots[slot] - 1
            let record = records[id]
            if record.hash == hash, Int(record.octetCount) == range.count, matches(id, input, at: range.lowerBound) {
                return id
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return add(input, range, hash: hash, slot: slot, limit: limit)
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

    private mutating func add(
        _ input: Span<UInt8>,
        _ range: Range<Int>,
        hash: UInt32,
        slot: Int,
        limit: Int
    ) -> UInt32? {
        guard limit == .max || count - Self.beginning.count < limit else { return nil }
        let id = UInt32(count)
        records.append(NameRecord(offset: UInt32(pool.count), octetCount: UInt32(range.count), hash: hash))
        pool.append(input, range)
        slots[slot] = id + 1
        if count * 2 > slots.count { rehash() }
        return id
    }

    private mutating func rehash() {
        let size = slots.count * 4
        slots.truncate(to: 0)
        slots.append(repeating: 0, count: size)
        for id in 0..<count {
            var slot = Int(records[id].hash) & (size - 1)
            while slots[slot] != 0 { slot = (slot + 1) & (size - 1) }
            slots[slot] = UInt32(id) + 1
        }
    }
}

extension NameTable {
    func text(_ id: UInt32) -> String {
        if Int(id) < Self.texts.count { return Self.texts[Int(id)] }
        return newText(id)
    }

    /// What every table begins with, as text.
    private static let texts = (0..<UInt32(beginning.count)).map { beginning.newText($0) }

    private func newText(_ id: UInt32) -> String {
        let range = records[id].range
        return pool.withSpan { $0.string(in: range) }
    }

    /// The name, cut to 64 characters, for a message.
    func messageText(_ id: UInt32) -> String {
        let range = records[id].range
        return pool.withSpan { $0.string(in: range.lowerBound..<min(range.upperBound, range.lowerBound + 64)) }
    }

    /// Lends the octets of a name, as a range of those of all names.
    @inline(__always)
    func withOctets(of id: UInt32, _ body: (Span<UInt8>, Range<Int>) -> Void) {
        let range = records[id].range
        pool.withSpan { body($0, range) }
    }

    /// Whether name `id` stands at `index` of `input`.
    @inline(__always)
    func matches(_ id: UInt32, _ input: Span<UInt8>, at index: Int) -> Bool {
        let record = records[id]
        return pool.withSpan { octets in
            octets.equals(input, at: index, from: Int(record.offset), count: Int(record.octetCount))
        }
    }

    /// Whether name `id` is `text`; allocates nothing.
    func matches(_ id: UInt32, _ text: String) -> Bool {
        let units = text.utf8
        guard Int(records[id].octetCount) == units.count else { return false }
        if let isSame = units.withContiguousStorageIfAvailable({ matches(id, $0.span, at: 0) }) { return isSame }
        return self.text(id) == text
    }

    private func holds(_ octets: Span<UInt8>, at id: UInt32) -> Bool {
        Int(records[id].octetCount) == octets.count && matches(id, octets, at: 0)
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

extension Span where Element == UInt8 {
    /// The octets of `range` as text; what is not UTF-8 becomes U+FFFD.
    func string(in range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
