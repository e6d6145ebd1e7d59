/// Search of eight octets at a time: in a result, the lowest set bit is exact, those above it may be false.
extension UInt64 {
    /// Marks the octets that equal the one that `pattern` repeats.
    @inline(__always)
    func marks(of pattern: UInt64) -> UInt64 {
        let zeroes = self ^ pattern
        return (zeroes &- Self.ones) & ~zeroes & Self.tops
    }

    /// Marks the octets below U+0020.
    @inline(__always)
    var marksOfControls: UInt64 { (self &- Self.repeating(0x20)) & ~self & Self.tops }

    @inline(__always)
    static func repeating(_ octet: UInt8) -> UInt64 { ones &* UInt64(octet) }

    @inline(__always)
    static var ones: UInt64 { 0x0101_0101_0101_0101 }

    @inline(__always)
    static var tops: UInt64 { 0x8080_8080_8080_8080 }
}

extension Span where Element == UInt8 {
    /// The first place from `start` to before `end` that holds `<`, `&`, `>` or a carriage return; else `end`.
    @inline(__always)
    func textSpecial(from start: Int, to end: Int) -> Int {
        var index = start
        while index + 8 <= end {
            let word = word(at: index)
            // '<' and '>' differ in one bit.
            let found =
                (word | .repeating(0x02)).marks(of: .repeating(0x3E)) | word.marks(of: .repeating(0x26))
                | word.marks(of: .repeating(0x0D))
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end {
            let octet = self[index]
            if octet == 0x3C || octet == 0x3E || octet == 0x26 || octet == 0x0D { return index }
            index += 1
        }
        return end
    }

    /// The first place that holds `quote`, `<`, `&` or white space other than a space; else `end`.
    @inline(__always)
    func valueSpecial(quote: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        let quotes = UInt64.repeating(quote)
        while index + 8 <= end {
            let word = word(at: index)
            let found =
                word.marks(of: quotes) | word.marks(of: .repeating(0x3C)) | word.marks(of: .repeating(0x26))
                | word.marksOfControls
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end {
            let octet = self[index]
            if octet == quote || octet == 0x3C || octet == 0x26 || octet < 0x20 { return index }
            index += 1
        }
        return end
    }

    /// The first place from `start` to before `end` that holds `wanted`; else `end`.
    @inline(__always)
    func first(_ wanted: UInt8, from start: Int, to end: Int) -> Int {
        var index = start
        let pattern = UInt64.repeating(wanted)
        while index + 8 <= end {
            let found = word(at: index).marks(of: pattern)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < end, self[index] != wanted { index += 1 }
        return index
    }

    /// The first place that holds a control character or part of a character beyond US-ASCII; else `count`.
    @inline(__always)
    func unusual(from start: Int) -> Int {
        var index = start
        while index + 32 <= count {
            let found = unusual(at: index) | unusual(at: index + 8) | unusual(at: index + 16) | unusual(at: index + 24)
            if found != 0 { break }
            index += 32
        }
        while index + 8 <= count {
            let found = unusual(at: index)
            if found != 0 { return index + found.trailingZeroBitCount / 8 }
            index += 8
        }
        while index < count, (0x20..<0x80).contains(self[index]) { index += 1 }
        return index
    }

    /// Marks such octets among eight.
    @inline(__always)
    private func unusual(at index: Int) -> UInt64 {
        let word = word(at: index)
        return (word &- .repeating(0x20) | word) & UInt64.tops
    }
}
