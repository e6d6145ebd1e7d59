/// Makes texts harmless for a log.
enum LogText {
    /// The most Unicode scalars of one value.
    private static let scalarLimit = 2048

    /// `text` as a JSON string with its quotes, without line ends, control characters, and marks that reverse or split
    /// what a terminal shows.
    ///
    /// Whatever `text` holds, the line goes on: what a peer sends can forge no record.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for (position, scalar) in text.unicodeScalars.enumerated() {
            guard position < scalarLimit else {
                quoted += "…"
                break
            }
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case _ where isHarmful(scalar): quoted += escape(scalar)
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// `text` as it is when it is one plain word, else quoted.
    static func word(_ text: String) -> String {
        let isPlain = !text.isEmpty && text.utf8.count <= scalarLimit && text.utf8.allSatisfy(isPlain)
        return isPlain ? text : quoted(text)
    }

    /// All of `text`, its lines and tabs as they are, with other control characters and misleading marks as escapes.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { escaped, scalar in
            if isHarmful(scalar), scalar != "\t", scalar != "\n" {
                escaped += escape(scalar)
            } else {
                escaped.unicodeScalars.append(scalar)
            }
        }
    }

    private static func isPlain(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: Array("-_.:/@+,#".utf8).contains(octet)
        }
    }

    private static func isHarmful(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // C0, DEL and C1; line and paragraph separators; directional marks; the byte order mark.
        case 0..<0x20, 0x7F..<0xA0, 0x2028, 0x2029, 0x200E, 0x200F, 0x061C, 0x202A...0x202E, 0x2066...0x2069, 0xFEFF:
            true
        default: false
        }
    }

    /// All harmful scalars have four digits.
    private static func escape(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
    }
}
