/// What names in the keystore look like, so that they fit in paths, URLs and logs as they are.
enum NameRule {
    static let countLimit = 64

    /// Whether `text` is 1 to 64 of `a-z 0-9 . _ -`, a letter or digit first.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, text.utf8.count <= countLimit else { return false }
        return isLetterOrDigit(first) && text.utf8.allSatisfy { isLetterOrDigit($0) || ".-_".utf8.contains($0) }
    }

    private static func isLetterOrDigit(_ octet: UInt8) -> Bool {
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet)
            || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet)
    }
}
