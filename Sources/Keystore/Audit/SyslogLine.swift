import Cryptography
import FoundationEssentials

/// An entry of the audit log as a syslog message (RFC 5424), with its facts as structured data.
package struct SyslogLine: Sendable {
    /// The facility "log audit" (RFC 5424 section 6.2.1).
    private static let facility = 13
    private static let nameLimit = 32

    private let host: String
    private let enterprise: Int

    /// - Parameters:
    ///   - host: `HOSTNAME`; what no host name has is left out.
    ///   - enterprise: The IANA enterprise number behind the `@` of the structured data's name.
    package init(host: String, enterprise: Int) {
        self.host = Self.name(host, limit: 255)
        self.enterprise = enterprise
    }

    /// One line without its end: control characters of the values become their pictures (U+2400), so that a value never
    /// begins a line.
    package func text(of entry: AuditEntry) -> String {
        let severity = entry.action.hasSuffix(".refused") ? 4 : 5
        let moment = entry.at.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let head =
            "<\(Self.facility * 8 + severity)>1 \(moment) \(host) rekey - \(Self.name(entry.action, limit: Self.nameLimit))"
        let parameters = [
            ("sequence", "\(entry.sequence)"), ("actor", entry.actor), ("action", entry.action),
            ("subject", entry.subject), ("detail", entry.detail),
            ("previousHash", Hexadecimal.text(entry.previousHash)), ("hash", Hexadecimal.text(entry.hash)),
        ]
        let data = parameters.map { name, value in " \(name)=\"\(Self.escaped(value))\"" }.joined()
        let message = Self.printed("\(entry.action) \(entry.subject) by \(entry.actor)")
        return "\(head) [audit@\(enterprise)\(data)] \u{FEFF}\(message)"
    }

    /// Section 6.3.3: quotation mark, backslash and closing bracket are escaped.
    private static func escaped(_ value: String) -> String {
        var text = ""
        for character in printed(value).unicodeScalars {
            if "\"\\]".unicodeScalars.contains(character) { text.unicodeScalars.append("\\") }
            text.unicodeScalars.append(character)
        }
        return text
    }

    private static func printed(_ value: String) -> String {
        var text = ""
        for scalar in value.unicodeScalars {
            switch scalar.value {
            case 0..<32: text.unicodeScalars.append(Unicode.Scalar(0x2400 + scalar.value) ?? " ")
            case 127..<160, 0x2028, 0x2029: text.unicodeScalars.append("\u{2421}")
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// A header field: printable US-ASCII, `-` when nothing is left.
    private static func name(_ text: String, limit: Int) -> String {
        let kept = String(
            String.UnicodeScalarView(text.unicodeScalars.filter { (33...126).contains($0.value) }.prefix(limit))
        )
        return kept.isEmpty ? "-" : kept
    }
}
