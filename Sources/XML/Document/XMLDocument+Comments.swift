extension XMLDocument {
    /// Whether `<!--` stands in `range`, be it in a CDATA section: without, no comment does.
    package func mayHoldComment(in range: Range<Int>) -> Bool {
        let octets = tape.octets
        let input = octets.span
        var position = range.lowerBound
        while true {
            // Exclamation marks are rarer than tags.
            position = input.first(0x21, from: position, to: range.upperBound)
            guard position < range.upperBound else { return false }
            if position > range.lowerBound, input.hasText("<!--", at: position - 1) { return true }
            position += 1
        }
    }
}
