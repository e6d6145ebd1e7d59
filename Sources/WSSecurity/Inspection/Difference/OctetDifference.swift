/// The first octet in which two canonical forms differ, with what stands round it.
package struct OctetDifference: Codable, Hashable, Sendable {
    /// How many octets are the same before it.
    package let offset: Int
    /// The form that was signed, or the original's; `>>` marks the place, white space is shown as `\n`, `\t` and `\r`.
    package let expected: String
    /// The form that was received, the same way.
    package let received: String

    /// The difference; `nil` when the forms are the same.
    package init?(expected: [UInt8], received: [UInt8]) {
        guard let offset = Self.firstDifference(expected, received) else { return nil }
        self.offset = offset
        self.expected = Self.context(of: offset, in: expected)
        self.received = Self.context(of: offset, in: received)
    }

    private static func firstDifference(_ left: [UInt8], _ right: [UInt8]) -> Int? {
        let common = min(left.count, right.count)
        for index in 0..<common where left[index] != right[index] { return index }
        return left.count == right.count ? nil : common
    }

    private static let before = 32
    private static let after = 48

    private static func context(of offset: Int, in octets: [UInt8]) -> String {
        let start = max(0, offset - before)
        let end = min(octets.count, offset + after)
        let head = (start == 0 ? "" : "...") + visible(octets[start..<offset])
        return head + ">>" + visible(octets[offset..<end]) + (end == octets.count ? "" : "...")
    }

    /// Text in which nothing moves the cursor of a terminal.
    static func visible(_ octets: some Sequence<UInt8>) -> String {
        String(decoding: Array(octets), as: UTF8.self).unicodeScalars
            .reduce(into: "") { text, scalar in
                switch scalar {
                case "\n": text += "\\n"
                case "\t": text += "\\t"
                case "\r": text += "\\r"
                case _ where scalar.properties.generalCategory == .control || scalar.properties.isBidiControl:
                    text += "\\u{\(String(scalar.value, radix: 16))}"
                default: text.unicodeScalars.append(scalar)
                }
            }
    }
}
