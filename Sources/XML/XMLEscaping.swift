/// Writes text into markup, in the form that Canonical XML 1.0 section 1.1 gives it.
package enum XMLEscaping {
    /// `text` as character data: `&`, `<`, `>` and the carriage return escaped.
    package static func text(_ text: String) -> String {
        escape(text) { octet in
            switch octet {
            case 0x26: "&amp;"
            case 0x3C: "&lt;"
            case 0x3E: "&gt;"
            case 0x0D: "&#xD;"
            default: nil
            }
        }
    }

    /// `text` as a value between double quotes: `&`, `<`, `"`, tab, line feed and carriage return escaped.
    package static func attribute(_ text: String) -> String {
        escape(text) { octet in
            switch octet {
            case 0x26: "&amp;"
            case 0x3C: "&lt;"
            case 0x22: "&quot;"
            case 0x09: "&#x9;"
            case 0x0A: "&#xA;"
            case 0x0D: "&#xD;"
            default: nil
            }
        }
    }

    private static func escape(_ text: String, by replacement: (UInt8) -> String?) -> String {
        guard text.utf8.contains(where: { replacement($0) != nil }) else { return text }
        var result: [UInt8] = []
        result.reserveCapacity(text.utf8.count + 16)
        for octet in text.utf8 {
            if let escaped = replacement(octet) { result += escaped.utf8 } else { result.append(octet) }
        }
        return String(decoding: result, as: UTF8.self)
    }
}
