package import FoundationEssentials
package import Keystore

/// One entry of the capability registry: what was learned of a partner's system, how and by whom.
///
/// Entries are only added; the standing is a fold over them.
package struct CapabilityRecord: Hashable, Sendable {
    /// How it was learned.
    package enum Source: String, Hashable, Codable, Sendable, CaseIterable {
        /// A person said so.
        case claim
        /// A message protected with the new key was tried and taken.
        case probe
        /// Messages with both keys were taken meanwhile.
        case traffic
    }

    /// Whose system.
    package let partner: PartnerID
    /// What it does with the key.
    package let part: PartnerPart
    /// What it can.
    package let standing: CapabilityStanding
    /// How that is known.
    package let source: Source
    /// What was seen, or the person's remark.
    package let detail: String
    /// Who recorded it.
    package let actor: String
    /// When.
    package let at: Date

    package init(
        partner: PartnerID,
        part: PartnerPart,
        standing: CapabilityStanding,
        source: Source,
        detail: String,
        actor: String,
        at: Date
    ) {
        self.partner = partner
        self.part = part
        self.standing = standing
        self.source = source
        self.detail = detail
        self.actor = actor
        self.at = at
    }
}

extension [CapabilityRecord] {
    /// The entry that decides for each partner and part: the newest, but a claim of what is proven leaves the proof.
    package var current: [CapabilityRecord] {
        var current: [String: CapabilityRecord] = [:]
        for record in self {
            let key = "\(record.partner) \(record.part.rawValue)"
            if record.standing == .dualClaimed, current[key]?.standing == .dualProven { continue }
            current[key] = record
        }
        return current.sorted { $0.key < $1.key }.map(\.value)
    }

    /// The entry that decides for one partner and part; `nil` when there is none.
    package func current(of partner: PartnerID, _ part: PartnerPart) -> CapabilityRecord? {
        filter { $0.partner == partner && $0.part == part }.current.first
    }
}
