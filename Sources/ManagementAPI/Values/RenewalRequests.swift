package import Foundation

/// Plans the renewal of a key (`POST /renewals/plan` shows the plan, `POST /renewals` stores it).
package struct PlanRenewal: Codable, Sendable, Hashable {
    /// The key to renew.
    package var alias: String
    /// What is decided about the plan; nil for the procedures as they stand.
    package var choices: PlanChoicesResource?

    /// The renewal of `alias`.
    package init(alias: String, choices: PlanChoicesResource? = nil) {
        self.alias = alias
        self.choices = choices
    }
}

/// What is decided about a plan (`POST /renewals/{id}/plan` changes it before its approval).
package struct PlanChoicesResource: Codable, Sendable, Hashable {
    /// Partners planned with a downtime whatever their systems can do.
    package var single: [String]?
    /// Flows that are held in their downtime instead of undeployed.
    package var held: [String]?
    /// Whether each partner that verifies moves by itself.
    package var perPartner: Bool?
    /// The order in which partners move, where each moves by itself.
    package var order: [String]?
    /// Partners that get two signatures, or two recipients, instead of a downtime.
    package var doubled: [String]?
    /// Longer waits by name, in seconds: `safetyMargin`, `guaranteedDelivery`, `silence`, `applyTime`; `retentionDays` and
    /// `minimumMessages` as they say.
    package var waits: [String: Int]?

    /// Nothing decided.
    package init() {}
}

/// What a role brings when it says that its step is done (`POST /renewals/{id}/steps/{step}/claim`).
package struct ClaimStep: Codable, Sendable, Hashable {
    /// The certificate (PEM) that the step needs.
    package var certificate: String?
    /// SHA-256 of that certificate as it was told over a second channel; nil when nobody compared.
    package var fingerprint: String?
    /// Start of an agreed downtime.
    package var downtimeStart: Date?
    /// End of an agreed downtime.
    package var downtimeEnd: Date?
    /// The kind of key pair to create, such as `rsa-3072`; nil for that of the old version.
    package var keyKind: String?
    /// The number of the staged version to take instead of creating a key pair.
    package var version: Int?
    /// The token in which the key pair is created; nil for that of the old version, if it is in one.
    package var keyToken: String?
    /// A remark for the journal.
    package var note: String?

    /// A claim; most steps need nothing.
    package init(
        certificate: String? = nil,
        fingerprint: String? = nil,
        downtimeStart: Date? = nil,
        downtimeEnd: Date? = nil,
        keyKind: String? = nil,
        version: Int? = nil,
        keyToken: String? = nil,
        note: String? = nil
    ) {
        self.certificate = certificate
        self.fingerprint = fingerprint
        self.downtimeStart = downtimeStart
        self.downtimeEnd = downtimeEnd
        self.keyKind = keyKind
        self.version = version
        self.keyToken = keyToken
        self.note = note
    }
}

/// Tries the new key out with one partner (`POST /renewals/{id}/probe`).
package struct ProbeRenewal: Codable, Sendable, Hashable {
    /// The partner.
    package var partner: String

    /// A trial with `partner`.
    package init(partner: String) {
        self.partner = partner
    }
}

/// Lets a share of one receiver's messages try the new key out (`POST /renewals/{id}/canary`).
package struct SetCanary: Codable, Sendable, Hashable {
    /// The receiver.
    package var partner: String
    /// The share in per cent: 1, 10, 100, or 0 to end it.
    package var share: Int

    /// A share of the messages to `partner`.
    package init(partner: String, share: Int) {
        self.partner = partner
        self.share = share
    }
}

/// The reason of an override, a rollback or an abort; journaled.
package struct GiveReason: Codable, Sendable, Hashable {
    /// Why.
    package var reason: String
    /// In a roll back, the one partner whose move is taken back; nil for the whole renewal.
    package var partner: String?

    /// A reason.
    package init(reason: String, partner: String? = nil) {
        self.reason = reason
        self.partner = partner
    }
}

/// An entry of a renewal's journal (`GET /renewals/{id}/journal`).
package struct JournalEntry: Codable, Sendable, Hashable {
    /// Counted from 1 without gaps.
    package var sequence: Int
    /// When it was written.
    package var at: Date
    /// Who acted; the system's own acts carry its name.
    package var actor: String
    /// What happened, such as `stepClaimed`.
    package var event: String
    /// The step concerned; nil when the whole renewal is.
    package var step: String?
    /// The facts.
    package var detail: String

    /// An entry of a journal.
    package init(sequence: Int, at: Date, actor: String, event: String, step: String?, detail: String) {
        self.sequence = sequence
        self.at = at
        self.actor = actor
        self.event = event
        self.step = step
        self.detail = detail
    }
}
