package import Keystore
import Timekeeping

extension RenewalEngine {
    /// The capability registry's entries, of one partner or of all, oldest first.
    package func capabilities(of partner: PartnerID? = nil) async throws -> [CapabilityRecord] {
        try await store.read { try $0.capabilities(of: partner) }
    }

    /// A person says what a partner's system can do: the tenant administrator, or that partner's own administrator.
    ///
    /// Throws `RenewalRefusal` for anybody else, and for what only a probe or traffic can show.
    package func claimCapability(
        _ standing: CapabilityStanding,
        of partner: PartnerID,
        _ parts: [PartnerPart],
        detail: String,
        by actor: Actor
    ) async throws {
        let now = clock.now
        let administrator = Party(role: .tenantAdministrator, organisation: tenant)
        try await auditingRefusals("capability", partner.rawValue, by: actor) {
            guard actor.holds(administrator) || actor.isAdministrator(of: partner) else {
                throw RenewalRefusal.notAdministrator(actor, of: partner, administrator)
            }
            guard standing != .dualProven else { throw RenewalRefusal.claimedProof }
            guard detail.utf8.count <= 1000 else { throw RenewalRefusal.longRemark }
            try await store.write { transaction in
                for part in parts {
                    try transaction.record(
                        CapabilityRecord(
                            partner: partner,
                            part: part,
                            standing: standing,
                            source: .claim,
                            detail: detail,
                            actor: actor.description,
                            at: now
                        )
                    )
                }
            }
        }
    }
}

extension Actor {
    fileprivate func isAdministrator(of partner: PartnerID) -> Bool {
        organisation == partner.rawValue && (role == .senderAdministrator || role == .receiverAdministrator)
    }
}

extension RenewalRefusal {
    fileprivate static func notAdministrator(_ actor: Actor, of partner: PartnerID, _ party: Party) -> RenewalRefusal {
        let isRole = [.senderAdministrator, .receiverAdministrator, party.role].contains(actor.role)
        return RenewalRefusal(
            isRole ? .wrongOrganisation : .wrongRole,
            reason:
                "What the system of \(partner) can do, its own administrator says or the \(party); \(actor.name) is "
                + "\(actor.role.words) of \(actor.organisation).",
            remedy: "Ask one of them to record it."
        )
    }

    fileprivate static var claimedProof: RenewalRefusal {
        RenewalRefusal(
            .badInput,
            reason: "That a system handles two keys is proven by a probe or by traffic, not by saying so.",
            remedy: "Record it as dual (claimed), and have the renewal probe it."
        )
    }

    fileprivate static var longRemark: RenewalRefusal {
        RenewalRefusal(.badInput, reason: "The remark is longer than 1000 octets.", remedy: "Say it shorter.")
    }
}
