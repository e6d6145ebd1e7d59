/// The name of an integration flow: letters, digits, `.`, `_`, `-`, 1 to 64 characters, beginning with a letter or
/// digit.
package struct FlowID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    package let rawValue: String

    /// `nil` when `rawValue` is not such a name.
    package init?(rawValue: String) {
        guard (1...64).contains(rawValue.utf8.count), let first = rawValue.utf8.first, Self.isAlphanumeric(first),
            rawValue.utf8.allSatisfy({ Self.isAlphanumeric($0) || [0x2D, 0x2E, 0x5F].contains($0) })
        else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    private static func isAlphanumeric(_ octet: UInt8) -> Bool {
        (0x30...0x39).contains(octet) || (0x41...0x5A).contains(octet) || (0x61...0x7A).contains(octet)
    }
}
