package import Foundation

/// A downtime of a renewal (`GET /renewals/{id}/windows`).
package struct WindowResource: Codable, Sendable, Hashable {
    /// The step that agrees it.
    package var step: String
    /// Who has a say, such as `tenantAdministrator of tenant`.
    package var parties: [String]
    /// `none`, `proposed` or `agreed`.
    package var state: String
    /// Planned start.
    package var start: Date?
    /// Planned end.
    package var end: Date?
    /// Who agreed to that.
    package var agreedBy: [String]
    /// `undeploy` or `hold`.
    package var conduct: String
    /// Whether the old key comes back at the end when the partner has not confirmed.
    package var rollsBack: Bool
    /// A remark of who proposed it.
    package var note: String?
    /// How often it was proposed, agreed to, changed or called off.
    package var sequence: Int
    /// When traffic stood still, by the runtime's own state.
    package var beganAt: Date?
    /// When it flowed again.
    package var endedAt: Date?
    /// The last message with the old key.
    package var lastOldAt: Date?
    /// The first message with the new key.
    package var firstNewAt: Date?
    /// Whether it lasted longer than agreed.
    package var hasOverrun: Bool
    /// The ones before that were taken back for this partner alone; nil when there is none.
    package var takenBack: [TakenBack]?

    /// A downtime that was taken back: the old key protects again, and another one has to be agreed.
    package struct TakenBack: Codable, Sendable, Hashable {
        /// When traffic stood still.
        package var beganAt: Date
        /// When it flowed again.
        package var endedAt: Date

        /// One of them.
        package init(beganAt: Date, endedAt: Date) {
            (self.beganAt, self.endedAt) = (beganAt, endedAt)
        }
    }

    /// A downtime.
    package init(
        step: String,
        parties: [String],
        state: String,
        start: Date?,
        end: Date?,
        agreedBy: [String],
        conduct: String,
        rollsBack: Bool,
        note: String?,
        sequence: Int,
        beganAt: Date?,
        endedAt: Date?,
        lastOldAt: Date?,
        firstNewAt: Date?,
        hasOverrun: Bool,
        takenBack: [TakenBack]? = nil
    ) {
        self.step = step
        self.parties = parties
        self.state = state
        self.start = start
        self.end = end
        self.agreedBy = agreedBy
        self.conduct = conduct
        self.rollsBack = rollsBack
        self.note = note
        self.sequence = sequence
        self.beganAt = beganAt
        self.endedAt = endedAt
        self.lastOldAt = lastOldAt
        self.firstNewAt = firstNewAt
        self.hasOverrun = hasOverrun
        self.takenBack = takenBack
    }
}

/// A downtime as it is proposed (`POST /renewals/{id}/window/propose`), also instead of another one.
package struct ProposeWindow: Codable, Sendable, Hashable {
    /// The step that agrees it; nil where there is one alone.
    package var step: String?
    /// Start.
    package var start: Date
    /// End.
    package var end: Date
    /// `undeploy` (also when nil) or `hold`.
    package var conduct: String?
    /// Whether the old key comes back at the end when the partner has not confirmed; nil means no.
    package var rollsBack: Bool?
    /// A remark for the other party.
    package var note: String?

    /// A proposal.
    package init(
        step: String? = nil,
        start: Date,
        end: Date,
        conduct: String? = nil,
        rollsBack: Bool? = nil,
        note: String? = nil
    ) {
        self.step = step
        self.start = start
        self.end = end
        self.conduct = conduct
        self.rollsBack = rollsBack
        self.note = note
    }
}

/// An answer to a proposed downtime (`POST /renewals/{id}/window/accept` and `…/cancel`).
package struct AnswerWindow: Codable, Sendable, Hashable {
    /// The step that agrees it; nil where there is one alone.
    package var step: String?
    /// Why it is called off; not for an acceptance.
    package var reason: String?

    /// An answer.
    package init(step: String? = nil, reason: String? = nil) {
        self.step = step
        self.reason = reason
    }
}
