package import FoundationEssentials
package import Keystore

extension RenewalTransaction {
    /// Adds an entry to the capability registry and to the audit log.
    package func record(_ capability: CapabilityRecord) throws {
        try appendCapability(capability)
        try audit(
            at: capability.at,
            actor: capability.actor,
            action: "partner.\(capability.source.rawValue)",
            subject: "\(capability.partner) \(capability.part.rawValue)",
            detail: "\(capability.standing.words): \(capability.detail)"
        )
    }

    /// Records that a partner's system was seen to handle a new key beside the old one, unless that is known already.
    package func recordProvenDual(
        _ partner: PartnerID,
        _ part: PartnerPart,
        by source: CapabilityRecord.Source,
        detail: String,
        actor: String,
        at now: Date
    ) throws {
        guard try capabilities(of: partner).current(of: partner, part)?.standing != .dualProven else { return }
        try record(
            CapabilityRecord(
                partner: partner,
                part: part,
                standing: .dualProven,
                source: source,
                detail: detail,
                actor: actor,
                at: now
            )
        )
    }
}
