import FoundationEssentials
import Keystore

/// Where each partner moves by itself, what a step waits for is its own partners' exchange.
extension RenewalState {
    var isPerPartner: Bool { plan.choices?.isPerPartner == true }

    /// The exchanges that decide about a step: all of them, or those of its own partners.
    func exchanges(for step: PlannedStep) -> [PlannedStep] {
        let all = steps(.exchange)
        guard isPerPartner, step.kind != .retain, step.kind != .destroy else { return all }
        let own = all.filter { !Set($0.tracks).isDisjoint(with: step.tracks) }
        return own.isEmpty ? all : own
    }

    /// When the new version took the old one's place for a step's partners; `nil` while it has not.
    func exchangedAt(for step: PlannedStep) -> Date? {
        guard isPerPartner else { return exchangedAt }
        let moments = exchanges(for: step)
            .map { exchange -> Date? in
                partner(movingAt: exchange).flatMap { movedPartners[$0] } ?? exchangedAt
            }
        return moments.contains(nil) ? nil : moments.compactMap(\.self).max()
    }

    /// The partner that moves at an exchange of its own.
    func partner(movingAt exchange: PlannedStep) -> PartnerID? {
        guard isPerPartner, let track = exchange.tracks.first, plan.tracks.indices.contains(track) else { return nil }
        return plan.tracks[track].partner
    }

    /// The partner that a claim of this exchange moves alone; `nil` when it is the last one, and the alias itself changes.
    func partnerMovingAlone(at exchange: PlannedStep) -> PartnerID? {
        let others = steps(.exchange).filter { $0.id != exchange.id }
        let isLast = others.allSatisfy { partner(movingAt: $0).map { movedPartners[$0] != nil } ?? true }
        return isLast ? nil : partner(movingAt: exchange)
    }

    /// The exchange that protects messages for a partner with the new version; the first one where no track is its own.
    func exchange(with partner: PartnerID) -> PlannedStep? {
        let all = steps(.exchange)
        return all.first { step in
            step.tracks.contains { plan.tracks.indices.contains($0) && plan.tracks[$0].partner == partner }
        } ?? all.first
    }

    /// Whether messages for a partner are protected with the new version: for it alone, or for all.
    func isExchanged(for partner: PartnerID) -> Bool { exchangedAt != nil || movedPartners[partner] != nil }

    /// The flows that have to stand still for a step.
    func flows(of kind: StepKind, for step: PlannedStep) -> [String] {
        let isOwn = isPerPartner || step.kind == .protectTwice
        let steps = steps(kind).filter { !isOwn || !Set($0.tracks).isDisjoint(with: step.tracks) }
        return Set(steps.flatMap(\.flows)).sorted()
    }
}
