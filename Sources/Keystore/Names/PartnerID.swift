/// The name of a partner: a foreign system with its organisation.
package struct PartnerID: RawRepresentable, Hashable, Sendable {
    /// The name as text.
    package let rawValue: String

    /// `nil` when `rawValue` is no name.
    package init?(rawValue: String) {
        guard NameRule.isName(rawValue) else { return nil }
        self.rawValue = rawValue
    }

    /// Reads a partner from text of 1 to 64 of `a-z 0-9 . _ -`; throws `invalidName`.
    package init(_ text: String) throws(KeystoreError) {
        guard let name = Self(rawValue: text) else { throw .invalidName(text) }
        self = name
    }
}

// Encoded as its text; other text is refused when decoding.
extension PartnerID: Codable {}

extension PartnerID: CustomStringConvertible {
    /// The name as text.
    package var description: String { rawValue }
}

extension PartnerID: Comparable {
    /// The order of the texts.
    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
