package import FoundationEssentials
package import Keystore

/// What happens when a key version is given up at once because others know it, said beforehand.
package struct CompromiseForecast: Hashable, Sendable {
    /// One partner with whom the version was used in the last day.
    package struct User: Hashable, Sendable {
        /// The partner.
        package let partner: PartnerID
        /// What the tenant did with the version.
        package let purpose: KeyUsage.Purpose
        /// How often, ever.
        package let count: Int
        /// When last.
        package let lastAt: Date
    }

    /// The version.
    package let version: KeyVersionID
    /// What it is now.
    package let state: KeyVersionState
    /// The version that takes its place at once; `nil` when there is none, or none is needed.
    package let successor: KeyVersionID?
    /// Accepted messages that wait for delivery on the flows that use the alias.
    package let queued: Int
    /// Operations under way with the version.
    package let underWay: Int
    /// Stored messages that are protected with it.
    package let stored: Int
    /// Who still uses it.
    package let users: [User]
    /// What goes on without loss, sentence by sentence.
    package let consequences: [String]
    /// What loses messages, or has them refused, sentence by sentence.
    package let losses: [String]

    /// Whether a second person has to agree.
    package var needsSecondPerson: Bool { !losses.isEmpty }
}

/// What a person's word that a version is compromised has come to.
package struct CompromiseAnswer: Hashable, Sendable {
    /// What it does, or did.
    package let forecast: CompromiseForecast
    /// Whether the version is suspended; `false` while a second person's word is missing.
    package let isDone: Bool
    /// Who said so first.
    package let requestedBy: String
    /// Who agreed; `nil` where nobody has to, or has.
    package let approvedBy: String?
}
