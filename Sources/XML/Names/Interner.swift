/// Gives every distinct string of a document one number, under a keyed hash.
struct Interner: ~Copyable {
    var records = Column<NameRecord>(capacity: 64)
    private var pool = Column<UInt8>(capacity: 1024)
    private var slots = Column<UInt32>(capacity: 128)
    private let hasher = SipHash()
    private let limit: Int

    init(limit: Int) {
        self.limit = limit
        slots.append(repeating: 0, count: 128)
        for text in NameID.reserved {
            let octets = [UInt8](text.utf8)
            _ = intern(octets.span, 0..<octets.count)
        }
    }

    var count: Int { records.count }

    /// The number of the octets in `range`; nil when there are too many different ones already.
    @inline(__always)
    mutating func intern(_ input: Span<UInt8>, _ range: Range<Int>) -> UInt32? {
        let hash = hasher.hash(input, range)
        var slot = Int(hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let id = slots[slot] - 1
            let record = records[id]
            if record.hash == hash, Int(record.octetCount) == range.count, matches(record, input, range) { return id }
            slot = (slot + 1) & (slots.count - 1)
        }
        return add(input, range, hash: hash, slot: slot)
    }

    /// A table of the names for the finished document.
    consuming func table() -> NameTable { NameTable(pool: pool, records: records, slots: slots, hasher: hasher) }

    /// The name, cut to 64 characters, for a message.
    func text(_ id: UInt32) -> String {
        let range = records[id].range
        return pool.withSpan { octets in
            octets.string(in: range.lowerBound..<min(range.upperBound, range.lowerBound + 64))
        }
    }

    private func matches(_ record: NameRecord, _ input: Span<UInt8>, _ range: Range<Int>) -> Bool {
        pool.withSpan { octets in
            octets.equals(input, at: range.lowerBound, from: Int(record.offset), count: range.count)
        }
    }

    private mutating func add(_ input: Span<UInt8>, _ range: Range<Int>, hash: UInt32, slot: Int) -> UInt32? {
        guard count < limit + NameID.reserved.count else { return nil }
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

extension Span where Element == UInt8 {
    /// The octets of `range` as text; what is not UTF-8 becomes U+FFFD.
    func string(in range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
