/// The value of a `Content-Type` field: a media type with its parameters (RFC 2045 section 5.1, RFC 9110 section 8.3.1).
package struct MIMEType: Hashable, Sendable {
    /// Type and subtype, in lower case.
    package let essence: String
    /// The parameters by name in lower case; each at most once.
    package let parameters: [String: String]

    /// Reads a field's value; `nil` when it is none, names a parameter twice, or has more than 2,048 octets.
    package init?(_ value: String) {
        guard value.utf8.count <= 2048 else { return nil }
        var reader = Reader(rest: Array(value.utf8)[...])
        reader.skipSpace()
        guard let type = reader.token(), reader.take("/"), let subtype = reader.token() else { return nil }
        essence = (type + "/" + subtype).lowercased()
        var parameters: [String: String] = [:]
        while true {
            reader.skipSpace()
            if reader.rest.isEmpty { break }
            guard reader.take(";") else { return nil }
            reader.skipSpace()
            if reader.rest.isEmpty { break }
            guard let name = reader.token()?.lowercased(), reader.take("="), let value = reader.value(),
                parameters.updateValue(value, forKey: name) == nil
            else { return nil }
        }
        self.parameters = parameters
    }

    private struct Reader {
        var rest: ArraySlice<UInt8>

        mutating func take(_ character: Unicode.Scalar) -> Bool {
            guard rest.first == UInt8(ascii: character) else { return false }
            rest.removeFirst()
            return true
        }

        mutating func skipSpace() { rest = rest.drop { $0 == 0x20 || $0 == 0x09 } }

        mutating func token() -> String? {
            let token = rest.prefix(while: MIMEType.isTokenCharacter)
            rest = rest.dropFirst(token.count)
            return token.isEmpty ? nil : String(decoding: token, as: UTF8.self)
        }

        /// A token or a quoted string.
        mutating func value() -> String? {
            // Some stacks leave the quotation marks of URIs and content ids out.
            guard take("\"") else {
                let value = rest.prefix { (0x21...0x7E).contains($0) && $0 != 0x3B && $0 != 0x22 && $0 != 0x2C }
                rest = rest.dropFirst(value.count)
                return value.isEmpty ? nil : String(decoding: value, as: UTF8.self)
            }
            var value: [UInt8] = []
            while let octet = rest.popFirst() {
                switch octet {
                case 0x22: return String(decoding: value, as: UTF8.self)
                case 0x5C:
                    guard let next = rest.popFirst(), (0x20...0x7E).contains(next) else { return nil }
                    value.append(next)
                case 0x09, 0x20...0x7E: value.append(octet)
                default: return nil
                }
            }
            return nil
        }
    }

    private static func isTokenCharacter(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: "!#$%&'*+-.^_`|~".utf8.contains(octet)
        }
    }
}
