import FoundationEssentials
import Keystore

/// Where each partner moves by itself, its downtime is taken back by itself: nobody else's messages are touched.
extension RenewalSession {
    /// Whether the old key can come back for the partner of this downtime: its system still has it, and so has the tenant.
    func mayTakeBack(_ step: PlannedStep) throws -> Bool {
        guard stepWithoutReturn(in: step.tracks) == nil else { return false }
        guard let partner = state.partnerMovingAlone(in: step), state.isExchanged(for: partner) else { return true }
        guard try isOldVersionValid() else { return false }
        guard state.exchangedAt != nil else { return true }
        // The others go on with the new version, each by itself.
        let validity = try state.newVersion.flatMap { try transaction.version($0)?.validity }
        let isNewValid = validity?.contains(scope.now) == true
        return try isNewValid && transaction.version(state.plan.oldVersion)?.state == .retiring
    }

    /// Takes one partner's downtime back; whoever else has moved stays.
    ///
    /// The old version protects its messages again, its flows are deployed again, and everything from the agreement on is
    /// to be done anew.
    mutating func takeBack(_ partner: PartnerID, _ step: PlannedStep, by actor: Actor, reason: String) throws {
        let (keys, alias) = (keys(by: actor), state.plan.alias)
        if state.exchangedAt != nil, let new = state.newVersion {
            let others = state.steps(.exchange).compactMap(state.partner(movingAt:)).filter { $0 != partner }
            try keys.rollBack(alias: alias)
            for other in Set(others).sorted() { try keys.assign(new, to: other, .instead) }
        } else {
            try keys.unassign(alias, from: partner)
        }
        let generation = try transaction.generation()
        try record(.takenBack(step: step.id, partner: partner, reason: reason, generation: generation), by: actor)
        try announceTakenBack(partner, step, reason)
    }
}

extension RenewalState {
    /// The one partner of a downtime that is taken back by itself; `nil` where all move together.
    func partnerMovingAlone(in step: PlannedStep) -> PartnerID? {
        guard isPerPartner, let track = step.tracks.first, plan.tracks.indices.contains(track) else { return nil }
        let partner = plan.tracks[track].partner
        return steps(.exchange).contains { self.partner(movingAt: $0) == partner } ? partner : nil
    }
}

extension GuardVerdict {
    /// A downtime was taken back, and its flows do not serve yet.
    static func restoring(_ flows: [String]) -> GuardVerdict {
        let names = flows.isEmpty ? "its traffic" : flows.joined(separator: ", ")
        return .missing(
            "The downtime before was taken back, and \(names) does not flow yet.",
            remedy: "Wait until \(names) is deployed again (`rekey flow list`), then agree another downtime."
        )
    }
}
