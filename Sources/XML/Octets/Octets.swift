/// Reading octets that came from a stranger: past the end there are zeros, which no document may hold.
extension Span where Element == UInt8 {
    /// The octet at `index`, which is not negative; 0 past the end.
    @inline(__always)
    func octet(at index: Int) -> UInt8 { index < count ? self[index] : 0 }

    /// Eight octets, the first in the lowest bits; `index + 8` is at most `count`.
    @inline(__always)
    func word(at index: Int) -> UInt64 {
        UInt64(littleEndian: bytes.unsafeLoadUnaligned(fromByteOffset: index, as: UInt64.self))
    }

    /// Up to eight octets from `index` to `end`, the rest zeros.
    @inline(__always)
    func word(at index: Int, end: Int) -> UInt64 {
        let length = end - index
        if length >= 8 { return word(at: index) }
        if index + 8 <= count { return word(at: index) & ((1 << UInt64(length * 8)) &- 1) }
        var result: UInt64 = 0
        for place in 0..<length { result |= UInt64(self[index + place]) << UInt64(place * 8) }
        return result
    }

    /// Whether `text` stands at `index`.
    @inline(__always)
    func hasText(_ text: StaticString, at index: Int) -> Bool {
        guard index + text.utf8CodeUnitCount <= count else { return false }
        return text.withUTF8Buffer { wanted in
            for place in 0..<wanted.count where wanted[place] != self[index + place] { return false }
            return true
        }
    }

    /// Whether `length` octets at `index` are those of `other` at `otherIndex`.
    @inline(__always)
    func equals(_ other: Span<UInt8>, at otherIndex: Int, from index: Int, count length: Int) -> Bool {
        guard index + length <= count, otherIndex + length <= other.count else { return false }
        guard length >= 8 else {
            return word(at: index, end: index + length) == other.word(at: otherIndex, end: otherIndex + length)
        }
        // The last eight may overlap those before them.
        let last = length - 8
        var place = 0
        while place < last {
            guard word(at: index + place) == other.word(at: otherIndex + place) else { return false }
            place += 8
        }
        return word(at: index + last) == other.word(at: otherIndex + last)
    }

    /// Whether `range` holds exactly the UTF-8 of `text`.
    func holds(_ text: String, in range: Range<Int>) -> Bool {
        var index = range.lowerBound
        for octet in text.utf8 {
            guard index < range.upperBound, self[index] == octet else { return false }
            index += 1
        }
        return index == range.upperBound
    }

    /// Whether the octets of `left` come before those of `right` in `self`, which is the order of code points.
    func precedes(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        let common = Swift.min(left.count, right.count)
        for place in 0..<common {
            let first = self[left.lowerBound + place]
            let second = self[right.lowerBound + place]
            if first != second { return first < second }
        }
        return left.count < right.count
    }
}
