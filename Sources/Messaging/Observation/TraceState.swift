/// The list of `tracestate` (W3C Trace Context section 3.3).
enum TraceState {
    /// The list of all header fields, in their order, kept as they came; `nil` when it is not valid.
    static func list(_ fields: [String]) -> String? {
        let members = fields.flatMap { $0.split(separator: ",", omittingEmptySubsequences: true) }
            .map { $0.trimmed }
            .filter { !$0.isEmpty }
        guard members.count <= memberLimit, members.allSatisfy(isMember) else { return nil }
        guard Set(members.map { $0.prefix { $0 != "=" } }).count == members.count else { return nil }
        let list = members.joined(separator: ",")
        return list.utf8.count <= octetLimit ? list : nil
    }

    private static let memberLimit = 32
    private static let octetLimit = 2048

    private static func isMember(_ member: Substring) -> Bool {
        guard let equals = member.utf8.firstIndex(of: UInt8(ascii: "=")) else { return false }
        return isKey(member.utf8[..<equals]) && isValue(member.utf8[member.utf8.index(after: equals)...])
    }

    /// Letters in lower case, digits, `_ - * /`, and one `@` before a system's name (section 3.3.2.1).
    private static func isKey(_ key: Substring.UTF8View.SubSequence) -> Bool {
        guard let first = key.first, key.count <= 256 else { return false }
        guard isLetter(first) || isDigit(first) else { return false }
        guard key.count(where: { $0 == UInt8(ascii: "@") }) <= 1 else { return false }
        return key.allSatisfy { isLetter($0) || isDigit($0) || Array("_-*/@".utf8).contains($0) }
    }

    /// Printable ASCII without comma and equals sign, not ending in a space (section 3.3.2.2).
    private static func isValue(_ value: Substring.UTF8View.SubSequence) -> Bool {
        guard !value.isEmpty, value.count <= 256 else { return false }
        return value.allSatisfy { (0x20...0x7E).contains($0) && $0 != UInt8(ascii: "=") }
    }

    private static func isLetter(_ octet: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(octet) }

    private static func isDigit(_ octet: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(octet) }
}

extension Substring {
    /// Without the spaces and tabs at both ends (`OWS`).
    fileprivate var trimmed: Substring {
        var text = drop { $0 == " " || $0 == "\t" }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
