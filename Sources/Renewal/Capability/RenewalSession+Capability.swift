import FoundationEssentials
import Keystore

extension RenewalSession {
    /// Keeps what an exchange showed of partners: one that took messages with the old key after the first with the new
    /// one, and refused none, handles both.
    func noteProvenCapabilities(at step: PlannedStep) throws {
        guard step.proof == .newKeyInTraffic else { return }
        for facts in try facts(for: step).tracks {
            guard facts.track.variant == .dual else { continue }
            guard let part = PartnerPart(facts.track.useCase.purpose), facts.showsBothKeys else { continue }
            try transaction.recordProvenDual(
                facts.track.partner,
                part,
                by: .traffic,
                detail: "\(facts.old.succeeded) messages with version \(state.plan.oldVersion.number) and "
                    + "\(facts.new.succeeded) with the new one taken, interleaved, in the renewal \(state.id)",
                actor: scope.system.description,
                at: scope.now
            )
        }
    }
}

extension GuardFacts.TrackFacts {
    /// Whether messages with the old key were taken after the first with the new one, and none was refused.
    fileprivate var showsBothKeys: Bool {
        guard let lastOld = old.lastAt, let firstNew = new.firstAt, lastOld > firstNew else { return false }
        return old.succeeded > 0 && new.succeeded > 0 && old.failed == 0 && new.failed == 0
    }
}
