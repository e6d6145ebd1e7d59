/// The header of one body part (RFC 2045 section 3).
struct PartHeader {
    /// A field with the line end behind it.
    private struct Field {
        let name: String
        var value: String
    }

    private var fields: [Field] = []

    /// Reads the header's octets, the blank line excluded.
    init(_ octets: [UInt8], limits: MultipartLimits) throws(MIMEError) {
        for line in try Self.lines(octets) {
            if line.first == 0x20 || line.first == 0x09 {
                guard !fields.isEmpty else { throw .malformed("a part's header begins with a continuation") }
                fields[fields.count - 1].value += " " + Self.trimmed(line)
                continue
            }
            guard let colon = line.firstIndex(of: 0x3A), colon > line.startIndex else {
                throw .malformed("a part's header has a line without a name")
            }
            let name = line[..<colon]
            guard name.allSatisfy({ (0x21...0x7E).contains($0) }) else {
                throw .malformed("a part's header has a name that is none")
            }
            guard fields.count < limits.fieldCount else {
                throw .limitExceeded("\(limits.fieldCount) fields of a part")
            }
            let field = Field(
                name: String(decoding: name, as: UTF8.self),
                value: Self.trimmed(line[(colon + 1)...])
            )
            fields.append(field)
        }
    }

    /// The value of a field; throws when it is there twice.
    func value(_ name: String) throws(MIMEError) -> String? {
        let values = fields.filter { $0.name.lowercased() == name }
        guard values.count <= 1 else { throw .malformed("a part has \(name) twice") }
        return values.first?.value
    }

    /// The content id without its angle brackets.
    func contentID() throws(MIMEError) -> String? {
        try value("content-id").map(Self.withoutBrackets)
    }

    /// An id as it is compared: angle brackets do not count.
    static func withoutBrackets(_ id: String) -> String {
        id.hasPrefix("<") && id.hasSuffix(">") ? String(id.dropFirst().dropLast()) : id
    }

    /// The header of the root part with other content: its own length does not hold any more, and what was said to have seven
    /// bits may have eight.
    func ofChangedContent() -> [UInt8] {
        var text = ""
        for field in fields where field.name.lowercased() != "content-length" {
            let isEncoding = field.name.lowercased() == "content-transfer-encoding"
            let value = isEncoding && field.value.lowercased() == "7bit" ? "8bit" : field.value
            text += "\(field.name): \(value)\r\n"
        }
        return Array((text + "\r\n").utf8)
    }

    /// The lines, each ended by CRLF.
    private static func lines(_ octets: [UInt8]) throws(MIMEError) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        var start = 0
        for (index, octet) in octets.enumerated() where octet == 0x0A || octet == 0x00 {
            guard octet == 0x0A, index > start, octets[index - 1] == 0x0D else {
                throw .malformed("a part's header has a line that does not end with CR and LF")
            }
            lines.append(octets[start..<index - 1])
            start = index + 1
        }
        guard start == octets.count, !lines.contains(where: { $0.contains(0x0D) }) else {
            throw .malformed("a part's header has a line that does not end with CR and LF")
        }
        return lines
    }

    private static func trimmed(_ octets: ArraySlice<UInt8>) -> String {
        let isSpace = { (octet: UInt8) in octet == 0x20 || octet == 0x09 }
        let start = octets.drop(while: isSpace)
        let count = start.reversed().prefix(while: isSpace).count
        return String(decoding: start.dropLast(count), as: UTF8.self)
    }
}
