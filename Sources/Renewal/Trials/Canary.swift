package import FoundationEssentials
package import Keystore

/// A share of the messages to a receiver that are protected with the new version before the exchange.
package struct Canary: Hashable, Codable, Sendable {
    /// Unique in the store: the renewal and a running number, another one for every share.
    package let name: String
    /// The version on trial.
    package let version: KeyVersionID
    /// The receiver.
    package let partner: PartnerID
    /// On which flows.
    package let flows: [String]
    /// How many of a thousand messages; 0 = none any more.
    package let permille: Int
    /// How many messages of trials the partner had taken when this share began.
    package let succeeded: Int
    /// How many it had refused.
    package let failed: Int
    /// Why it is this share.
    package let reason: String
    /// Whether the partner refused messages, so that the share went back to none.
    package let steppedBack: Bool

    /// What the keyset is shown.
    package var permit: ProbePermit { ProbePermit(name: name, version: version) }

    /// The share in per cent, for people.
    package var inWords: String { permille % 10 == 0 ? "\(permille / 10) %" : "\(permille) of 1000" }

    /// The shares, one after the other: 1 %, 10 %, all.
    package static let shares = [10, 100, 1000]
}

/// A canary as the journal has it.
package struct CanaryRecord: Hashable, Sendable {
    /// Its share.
    package let canary: Canary
    /// Since when.
    package let since: Date
}
