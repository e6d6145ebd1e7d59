/// Names one version of a key.
package struct KeyVersionID: Hashable, Codable, Sendable {
    /// The key.
    package let alias: KeyAlias
    /// The version, counted from 1.
    package let number: Int

    /// Version `number` of `alias`.
    package init(alias: KeyAlias, number: Int) {
        self.alias = alias
        self.number = number
    }
}

extension KeyVersionID: CustomStringConvertible {
    /// Such as `orders-sign version 2`.
    package var description: String { "\(alias) version \(number)" }
}

extension KeyVersionID: Comparable {
    /// By alias, then by number.
    package static func < (left: Self, right: Self) -> Bool {
        (left.alias, left.number) < (right.alias, right.number)
    }
}
