import Cryptography

/// Text of a header field in ASCII without control characters; what is neither goes in encoded-words (RFC 2047).
enum HeaderText {
    /// As an unstructured value, folded where it is long.
    static func unstructured(_ text: String) -> String {
        let plain = text.unicodeScalars.allSatisfy { $0.isASCII && $0.value >= 0x20 && $0.value != 0x7F }
        guard !plain || text.utf8.count > lineLimit || text.contains("=?") else { return text }
        return words(of: text).map { "=?utf-8?B?\(Base64.encode(Array($0.utf8)))?=" }.joined(separator: "\r\n ")
    }

    /// As the name before an address: quoted, or an encoded-word.
    static func phrase(_ text: String) -> String {
        let isSimple = text.utf8.allSatisfy { $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }
        guard isSimple, text.utf8.count <= lineLimit else {
            return words(of: text).map { "=?utf-8?B?\(Base64.encode(Array($0.utf8)))?=" }.joined(separator: "\r\n ")
        }
        return "\"\(text)\""
    }

    /// A file name of letters, digits, dots, hyphens and underscores alone.
    static func fileName(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "_" }.prefix(80))
    }

    private static let lineLimit = 60
    /// An encoded-word has 75 characters at the most.
    private static let wordOctets = 42

    /// Whole characters in words that are short enough; control characters become spaces.
    private static func words(of text: String) -> [String] {
        var words = [""]
        for character in text {
            let isControl = character.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F }
            let next = isControl ? " " : String(character)
            if (words.last ?? "").utf8.count + next.utf8.count > wordOctets { words.append("") }
            words[words.count - 1] += next
        }
        return words
    }
}
