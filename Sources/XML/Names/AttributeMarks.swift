/// Finds the second of two attributes of one expanded name in constant time, under a keyed hash.
struct AttributeMarks: ~Copyable {
    private struct Mark: BitwiseCopyable {
        var key: UInt64
        var element: UInt32
    }

    private var slots = Column<Mark>(capacity: 64)
    private var used = 0
    private let hasher = SipHash.process

    init() { slots.append(repeating: Mark(key: 0, element: 0), count: 64) }

    /// Notes the name at `element`, a number above 0 that grows; false when it has been noted there before.
    mutating func note(namespace: UInt32, localName: UInt32, at element: UInt32) -> Bool {
        let key = UInt64(namespace) << 32 | UInt64(localName)
        var slot = place(of: key)
        if slots[slot].element == element { return false }
        if slots[slot].element == 0 {
            used += 1
            if used * 2 > slots.count {
                grow()
                slot = place(of: key)
            }
        }
        slots[slot] = Mark(key: key, element: element)
        return true
    }

    private func place(of key: UInt64) -> Int {
        var slot = Int(hasher.hash(key)) & (slots.count - 1)
        while slots[slot].element != 0, slots[slot].key != key { slot = (slot + 1) & (slots.count - 1) }
        return slot
    }

    private mutating func grow() {
        let old = slots.array()
        slots.truncate(to: 0)
        slots.append(repeating: Mark(key: 0, element: 0), count: old.count * 4)
        for mark in old where mark.element != 0 { slots[place(of: mark.key)] = mark }
    }
}
