/// Where a piece of a document can be cut.
extension Span where Element == UInt8 {
    /// The end of the last whole character.
    var characterEnd: Int {
        var index = count
        while index > 0, count - index < 3 {
            index -= 1
            let octet = self[index]
            if octet & 0xC0 == 0x80 { continue }
            let length = octet >= 0xF0 ? 4 : octet >= 0xE0 ? 3 : octet >= 0xC0 ? 2 : 1
            return index + length > count ? index : count
        }
        return count
    }

    /// The most that can be read as text before what comes is known: no half line end, `]]>` or reference.
    var safeTextEnd: Int {
        var end = count
        while end > 0, count - end < 3, self[end - 1] == 0x5D || self[end - 1] == 0x0D { end -= 1 }
        var index = end
        while index > 0, end - index < 256 {
            index -= 1
            if self[index] == 0x3B { return end }
            if self[index] == 0x26 { return index }
        }
        return end
    }

    /// The last place that holds `octet`; -1 when there is none.
    func last(_ octet: UInt8) -> Int {
        var index = count - 1
        while index >= 0, self[index] != octet { index -= 1 }
        return index
    }

    /// Whether the markup at `start` ends within the span, be it right or wrong.
    func holdsMarkup(at start: Int) -> Bool {
        if octet(at: start + 1) == 0x3F { return holds("?>", from: start + 2) }
        if octet(at: start + 1) != 0x21 { return tagEnd(from: start + 1) < count }
        if hasText("<!--", at: start) { return holds("-->", from: start + 4) }
        // What else begins so is known by its first octets.
        return start + 9 <= count
    }

    private func holds(_ text: StaticString, from start: Int) -> Bool {
        var index = start
        while index < count {
            if hasText(text, at: index) { return true }
            index += 1
        }
        return false
    }

    /// The `>` outside of quotes; `count` when there is none.
    private func tagEnd(from start: Int) -> Int {
        var quote: UInt8 = 0
        var index = start
        while index < count {
            let octet = self[index]
            if quote != 0 {
                if octet == quote { quote = 0 }
            } else if octet == 0x22 || octet == 0x27 {
                quote = octet
            } else if octet == 0x3E {
                return index
            }
            index += 1
        }
        return count
    }
}
