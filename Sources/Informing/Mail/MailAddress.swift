/// A mail address that needs no quoting: a dot-atom and a host name (RFC 5322, section 3.4.1).
///
/// Nothing else is one, so that no address can carry a second header, command or recipient.
package struct MailAddress: Hashable, Sendable, CustomStringConvertible {
    /// `local@domain`.
    package let text: String

    /// `nil` when `text` is no such address.
    package init?(_ text: String) {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, parts[0].utf8.count <= 64 else { return nil }
        guard Self.isDotted(parts[0], by: Self.isAtomText), Self.isDotted(parts[1], by: Self.isHostText) else {
            return nil
        }
        guard !parts[1].split(separator: ".").contains(where: { $0.hasPrefix("-") || $0.hasSuffix("-") }) else {
            return nil
        }
        self.text = text
    }

    /// The host part.
    package var domain: String { String(text.drop { $0 != "@" }.dropFirst()) }

    /// As ``text``.
    package var description: String { text }

    private static func isDotted(_ text: Substring, by isAllowed: (UInt8) -> Bool) -> Bool {
        text.split(separator: ".", omittingEmptySubsequences: false)
            .allSatisfy { !$0.isEmpty && $0.utf8.count <= 63 && $0.utf8.allSatisfy(isAllowed) }
    }

    private static func isAtomText(_ octet: UInt8) -> Bool {
        isHostText(octet) || "!#$%&'*+/=?^_`{|}~".utf8.contains(octet)
    }

    private static func isHostText(_ octet: UInt8) -> Bool {
        switch octet {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}
