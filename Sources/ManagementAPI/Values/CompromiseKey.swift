/// Gives a version up because others know it (`POST /keys/{alias}/compromise`).
package struct CompromiseKey: Codable, Sendable, Hashable {
    /// The version.
    package var version: Int
    /// Why; audited, and told to the partners.
    package var reason: String
    /// Whether only to say what it would do; nil means no.
    package var forecastOnly: Bool?

    /// The word that `version` is compromised.
    package init(version: Int, reason: String, forecastOnly: Bool? = nil) {
        self.version = version
        self.reason = reason
        self.forecastOnly = forecastOnly
    }
}

/// What giving a version up does, or did.
package struct CompromiseKeyAnswer: Codable, Sendable, Hashable {
    /// Whether the version is suspended; false while a second person's word is missing, and in a forecast.
    package var done: Bool
    /// The version.
    package var version: Int
    /// The version that takes its place at once; nil when none does.
    package var successor: Int?
    /// Accepted messages that wait for delivery on the flows that use the key.
    package var queued: Int
    /// Operations under way with the version.
    package var underWay: Int
    /// Stored messages that are protected with it.
    package var stored: Int
    /// What goes on without loss.
    package var consequences: [String]
    /// What loses messages, or has them refused; a second person is needed when there is anything.
    package var losses: [String]
    /// Who said so first; nil in a forecast.
    package var requestedBy: String?
    /// Who agreed; nil where nobody has to, or has.
    package var approvedBy: String?

    /// An answer.
    package init(
        done: Bool,
        version: Int,
        successor: Int?,
        queued: Int,
        underWay: Int,
        stored: Int,
        consequences: [String],
        losses: [String]
    ) {
        self.done = done
        self.version = version
        self.successor = successor
        self.queued = queued
        self.underWay = underWay
        self.stored = stored
        self.consequences = consequences
        self.losses = losses
    }
}
