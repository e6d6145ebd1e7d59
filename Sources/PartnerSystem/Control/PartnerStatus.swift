package import Foundation

/// What `GET /control/status` answers.
package struct PartnerStatus: Codable, Sendable {
    /// The system's name.
    package var name: String
    /// Sender or receiver.
    package var role: PartnerRole
    /// How many keys it holds at once.
    package var keys: PartnerKeyMode
    /// Whether new messages are being sent; `false` for a receiver.
    package var sending: Bool
    /// Every key that the system holds, in the order it came to hold them.
    package var held: [PartnerKeyReport]
    /// Exact counts since the start.
    package var counters: PartnerCounters
    /// Times during which the system could not or did not send, in the order they began; the last one may be open.
    package var interruptions: [PartnerInterruption]

    /// The keys of `use` that are in use now.
    package func inUse(_ use: PartnerKeyUse) -> [PartnerKeyReport] {
        held.filter { $0.use == use && $0.inUse }
    }
}

/// One key that a partner system holds, and what its traffic showed about it.
package struct PartnerKeyReport: Codable, Hashable, Sendable {
    /// What it is held for.
    package var use: PartnerKeyUse
    /// SHA-256 of the certificate, as `Certificate.fingerprint` writes it.
    package var fingerprint: String
    /// The certificate in PEM.
    package var certificate: String
    /// `false` for a key pair that was made and not taken into use, or was replaced as the signing one.
    package var inUse: Bool
    /// How many messages were protected or processed with it.
    package var count: Int
    /// When it was first used, by the partner's own clock.
    package var firstUsedAt: Date?
    /// When it was last used, by the partner's own clock.
    package var lastUsedAt: Date?
    /// The sequence number of the first message that it was used for (the order in which messages were begun or arrived).
    package var firstMessage: Int?
    /// The highest sequence number of a message that it was used for.
    package var lastMessage: Int?
}

/// A time during which a partner system could not or did not send.
package struct PartnerInterruption: Codable, Hashable, Sendable {
    /// What interrupted the sending.
    package enum Kind: String, Codable, Sendable {
        /// From the first refusal to the next answer.
        case refused
        /// From the stop of sending to its start.
        case paused
    }

    /// What interrupted it.
    package var kind: Kind
    /// The target it concerns; absent when it concerns all.
    package var target: String?
    /// Its beginning by the partner's own clock.
    package var startedAt: Date
    /// Its end by the partner's own clock; absent while it lasts.
    package var endedAt: Date?
    /// How long it lasted, or has lasted so far, in seconds that really passed (a rehearsal's time travel does not count).
    package var seconds: Double
}
