import Cryptography

/// A part of a mail with its own fields (RFC 2046).
struct MIMEPart {
    let fields: [String]
    let content: String

    /// Fields, an empty line, content.
    var text: String { fields.joined(separator: "\r\n") + "\r\n\r\n" + content + "\r\n" }

    /// Several parts as one.
    static func multipart(_ subtype: String, _ parts: [MIMEPart], _ boundary: String) -> MIMEPart {
        MIMEPart(
            fields: ["Content-Type: multipart/\(subtype);\r\n boundary=\"\(boundary)\""],
            content: parts.map { "--\(boundary)\r\n\($0.text)" }.joined() + "--\(boundary)--"
        )
    }

    /// Base64 in lines of 76 characters (RFC 2045, section 6.8).
    static func base64(_ octets: [UInt8]) -> String {
        var lines: [Substring] = []
        var rest = Base64.encode(octets)[...]
        while !rest.isEmpty {
            lines.append(rest.prefix(76))
            rest = rest.dropFirst(76)
        }
        return lines.joined(separator: "\r\n")
    }
}
