/// The name of one renewal, unique in the store: the alias and a running number, such as `orders-sign-2`.
package struct RenewalID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}

/// The stable name of a step inside its renewal: its number in the plan and its act, such as `3-configure-partner`.
package struct StepID: RawRepresentable, Hashable, Codable, Sendable, CustomStringConvertible {
    package let rawValue: String

    package init(rawValue: String) {
        self.rawValue = rawValue
    }

    package var description: String { rawValue }
}
