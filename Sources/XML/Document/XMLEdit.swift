/// Octets that take the place of a range of a document's octets; an empty range inserts.
package struct XMLEdit: Hashable, Sendable {
    /// The octets that go.
    package let range: Range<Int>
    /// The octets that come.
    package let replacement: ArraySlice<UInt8>

    /// Puts `replacement` in the place of `range`.
    package init(range: Range<Int>, replacement: [UInt8]) {
        self.init(range: range, replacement: replacement[...])
    }

    /// Puts `replacement` in the place of `range`; it may be a part of another document.
    package init(range: Range<Int>, replacement: ArraySlice<UInt8>) {
        self.range = range
        self.replacement = replacement
    }

    /// Puts text in the place of `range`.
    package init(range: Range<Int>, text: String) {
        self.init(range: range, replacement: [UInt8](text.utf8))
    }

    /// Inserts octets before the octet at `offset`.
    package init(inserting octets: [UInt8], at offset: Int) {
        self.init(range: offset..<offset, replacement: octets)
    }
}

extension XMLDocument {
    /// The document's octets after the edits, which lie within them, do not overlap and may come in any order.
    ///
    /// Insertions at one place keep their order. Everything outside of the ranges stays octet for octet. An edit that
    /// overlaps one before it is left out.
    /// With `reusing`, the result is one of `ReusableOctets`.
    package func applying(_ edits: [XMLEdit], reusing: Bool = false) -> [UInt8] {
        let ordered = edits.enumerated()
            .sorted { left, right in
                let first = (left.element.range.lowerBound, left.element.range.upperBound, left.offset)
                return first < (right.element.range.lowerBound, right.element.range.upperBound, right.offset)
            }
        let room = edits.reduce(tape.octets.count) { $0 + $1.replacement.count - $1.range.count }
        var result = reusing ? ReusableOctets.take(roomFor: room) : [UInt8](roomFor: room)
        var position = 0
        for (_, edit) in ordered where edit.range.lowerBound >= position && edit.range.upperBound <= tape.octets.count {
            result += tape.octets[position..<edit.range.lowerBound]
            result += edit.replacement
            position = edit.range.upperBound
        }
        result += tape.octets[position...]
        return result
    }
}
