/// The name of a token in the tenant's configuration.
package struct TokenName: RawRepresentable, Hashable, Sendable {
    /// The name as text.
    package let rawValue: String

    /// `nil` when `rawValue` is no name.
    package init?(rawValue: String) {
        guard NameRule.isName(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Reads a name of 1 to 64 of `a-z 0-9 . _ -`; throws `invalidName`.
    package init(_ text: String) throws(KeystoreError) {
        guard let name = Self(rawValue: text) else { throw .invalidName(text) }
        self = name
    }
}

// Encoded as its text; other text is refused when decoding.
extension TokenName: Codable {}

extension TokenName: CustomStringConvertible {
    /// The name as text.
    package var description: String { rawValue }
}
