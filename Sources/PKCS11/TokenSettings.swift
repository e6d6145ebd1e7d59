package import Cryptography
package import Keystore

/// Where a token is, and how it is opened.
package struct TokenSettings: Sendable {
    /// How many sessions are used at once unless it is said otherwise.
    package static let defaultSessionLimit = 16

    /// How a token is told from the others of its module.
    package enum Choice: Hashable, Sendable {
        /// By its label.
        case label(String)
        /// By its serial number.
        case serialNumber(String)
    }

    /// Its name in the configuration.
    package let name: TokenName
    /// The path of the maker's library.
    package let module: String
    /// Which of the module's tokens.
    package let choice: Choice
    /// The user's PIN.
    package let pin: SecretKey
    /// How many sessions are used at once.
    package let sessionLimit: Int

    /// A token of `module`.
    package init(
        name: TokenName,
        module: String,
        choice: Choice,
        pin: SecretKey,
        sessionLimit: Int = defaultSessionLimit
    ) {
        self.name = name
        self.module = module
        self.choice = choice
        self.pin = pin
        self.sessionLimit = max(1, sessionLimit)
    }
}

extension TokenSettings.Choice: CustomStringConvertible {
    /// Such as `label 'orders'`.
    package var description: String {
        switch self {
        case .label(let label): "label '\(label)'"
        case .serialNumber(let number): "serial number '\(number)'"
        }
    }
}
