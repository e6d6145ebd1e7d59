/// The content transfer encoding for texts that people may look at raw (RFC 2045, section 6.7).
enum QuotedPrintable {
    /// Lines of at most 76 characters with CRLF between them.
    static func encode(_ text: String) -> String {
        text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false).map(line)
            .joined(separator: "\r\n")
    }

    private static func line(_ line: Substring) -> String {
        var (result, length) = ("", 0)
        let octets = Array(line.utf8)
        for (index, octet) in octets.enumerated() {
            let isLast = index == octets.count - 1
            let token = token(octet, isLast: isLast)
            if length + token.count > 75 {
                result += "=\r\n"
                length = 0
            }
            result += token
            length += token.count
        }
        return result
    }

    private static func token(_ octet: UInt8, isLast: Bool) -> String {
        switch octet {
        case UInt8(ascii: "="): "=3D"
        case UInt8(ascii: " ") where !isLast: " "
        case 0x21...0x7E: String(UnicodeScalar(octet))
        default: "=" + hexadecimal(octet >> 4) + hexadecimal(octet & 15)
        }
    }

    private static func hexadecimal(_ digit: UInt8) -> String { String(digit, radix: 16, uppercase: true) }
}
