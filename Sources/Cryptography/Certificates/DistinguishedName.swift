import SwiftASN1

/// A distinguished name as a value that can be compared: relative names in RFC 4514's order, most specific first.
package struct DistinguishedName: Hashable, Sendable {
    /// The most relative names in one name, and the most attributes in one relative name.
    static let countLimit = 64

    /// One attribute: its type and its value, trimmed; values that are not text are `#` and the hexadecimal DER.
    struct Attribute: Hashable, Sendable {
        let type: ASN1ObjectIdentifier
        let value: String
        let isText: Bool

        init(type: ASN1ObjectIdentifier, value: some StringProtocol, isText: Bool) {
            self.type = type
            self.value = Self.trimmed(value)
            self.isText = isText
        }

        private static func trimmed(_ value: some StringProtocol) -> String {
            // By scalars: a space before a combining mark is a space in the text of a name.
            var rest = value.unicodeScalars[...]
            while rest.first == " " { rest.removeFirst() }
            while rest.last == " " { rest.removeLast() }
            return String(String.UnicodeScalarView(rest))
        }
    }

    /// Each a set of attributes, almost always of one.
    let relativeNames: [Set<Attribute>]
}

extension DistinguishedName: CustomStringConvertible {
    /// The name by RFC 4514 section 2.
    package var description: String {
        relativeNames.map(Self.text).joined(separator: ",")
    }

    private static func text(_ name: Set<Attribute>) -> String {
        if let only = name.first, name.count == 1 { return text(only) }
        return name.map { text($0) }.sorted().joined(separator: "+")
    }

    private static func text(_ attribute: Attribute) -> String {
        let name = AttributeType.written[attribute.type] ?? String(describing: attribute.type)
        return "\(name)=\(attribute.isText ? escaped(attribute.value) : attribute.value)"
    }

    private static func escaped(_ value: String) -> String {
        if value.utf8.allSatisfy(isPlain) { return value }
        var text = value.utf8.first == UInt8(ascii: "#") ? "\\" : ""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"", "+", ",", ";", "<", ">", "\\": text += "\\\(scalar)"
            case ..."\u{1F}", "\u{7F}": text += "\\" + Hexadecimal.text([UInt8(truncatingIfNeeded: scalar.value)])
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text
    }

    /// Whether an octet needs no escaping, wherever it stands.
    private static func isPlain(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x20, UInt8(ascii: "'")...UInt8(ascii: "*"), UInt8(ascii: "-")...UInt8(ascii: ":"),
            UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"), 0x80...:
            true
        default: false
        }
    }
}
