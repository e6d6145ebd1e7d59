import FoundationEssentials
import Keystore

extension RenewalSession {
    /// Begins the work; refused while another renewal holds the alias or when the plan no longer fits the keystore.
    mutating func start(by actor: Actor, mode: GuardMode) throws {
        try checkCoordinator(actor)
        guard state.status == .planned else { throw RenewalRefusal.notPlanned(state) }
        if let other = try transaction.renewals(.holding(state.plan.alias)).first(where: { $0.id != state.id }) {
            throw RenewalRefusal.inProgress(other.id, state.plan.alias)
        }
        guard try transaction.version(state.plan.oldVersion)?.state == .active else {
            throw RenewalRefusal.stalePlan(state)
        }
        try approveAtStart(by: actor)
        try record(.started(unguarded: mode == .rehearsalUnguarded), by: actor)
    }

    /// One of two persons accepts a step without its proof.
    mutating func override(_ id: StepID, by actor: Actor, reason: String) throws {
        let step = try step(id)
        try checkCoordinator(actor)
        try checkRunning()
        try checkReason(reason)
        let progress = state.progress(of: id)
        guard step.proof.canBeOverridden else { throw RenewalRefusal.notOverridable(step) }
        guard progress.state == .claimed || progress.state == .failed else {
            throw RenewalRefusal.nothingToOverride(step, progress)
        }
        guard let first = progress.overrideRequestedBy else {
            return try record(.overrideRequested(step: id, reason: reason), by: actor)
        }
        guard first.name != actor.name else { throw RenewalRefusal.samePerson(step) }
        try record(.overridden(step: id, reason: reason, requestedBy: first), by: actor)
    }

    /// The old version becomes active again and the new one staged, while every partner still handles the old one.
    mutating func rollBack(by actor: Actor, reason: String) throws {
        try checkCoordinator(actor)
        try checkRunning()
        try checkReason(reason)
        guard state.exchangedAt != nil || !state.movedPartners.isEmpty else { throw RenewalRefusal.notExchanged(state) }
        if let step = stepWithoutReturn() { throw RenewalRefusal.noReturn(step) }
        try checkOldVersionIsValid()
        if state.exchangedAt != nil {
            try keys(by: actor).rollBack(alias: state.plan.alias)
        } else {
            try unassignAll(by: actor)
        }
        let generation = try transaction.generation()
        try record(.rolledBack(reason: reason, generation: generation), by: actor)
        try announceEnd(reason, .rolledBack)
    }

    /// One partner's messages are protected with the old version again, while its system still handles it and others
    /// have yet to move; within its downtime, that is taken back.
    mutating func rollBack(_ partner: PartnerID, by actor: Actor, reason: String) throws {
        try checkCoordinator(actor)
        try checkRunning()
        try checkReason(reason)
        let downtime = state.steps(.agreeDowntime)
            .first { state.partnerMovingAlone(in: $0) == partner && state.isDowntimeUnderWay($0) }
        if let downtime {
            if let last = stepWithoutReturn(in: downtime.tracks) { throw RenewalRefusal.noReturn(last) }
            if state.isExchanged(for: partner) { try checkOldVersionIsValid() }
            guard try mayTakeBack(downtime) else { throw RenewalRefusal.noReturn(stepWithoutReturn() ?? downtime) }
            return try takeBack(partner, downtime, by: actor, reason: reason)
        }
        let step = state.steps(.exchange).first { state.partner(movingAt: $0) == partner }
        guard let step, state.exchangedAt == nil, state.movedPartners[partner] != nil else {
            throw RenewalRefusal.notMoved(partner, state)
        }
        if let last = stepWithoutReturn(in: step.tracks) { throw RenewalRefusal.noReturn(last) }
        try checkOldVersionIsValid()
        try keys(by: actor).unassign(state.plan.alias, from: partner)
        let failures = try facts(for: step).tracks.map(\.new.failed)
            .reduce(state.progress(of: step.id).failuresBefore, +)
        let generation = try transaction.generation()
        try record(
            .movedBack(step: step.id, partner: partner, reason: reason, failures: failures, generation: generation),
            by: actor
        )
    }

    /// Gives the renewal up before its exchange.
    mutating func abort(by actor: Actor, reason: String) throws {
        try checkCoordinator(actor)
        try checkReason(reason)
        guard !state.isOver else { throw RenewalRefusal.notRunning(state) }
        guard state.exchangedAt == nil, state.movedPartners.isEmpty else { throw RenewalRefusal.exchanged(state) }
        if let step = doublyProtectedStepWithoutReturn() { throw RenewalRefusal.noReturn(step) }
        try unassignAll(by: actor)
        if let new = state.newVersion, !state.isNewVersionTaken, !mayNewVersionBeInUse,
            try transaction.version(new)?.state == .staged
        {
            try keys(by: actor).stopAccepting(new)
        }
        try record(.aborted(reason: reason), by: actor)
        try announceEnd(reason, .aborted)
    }

    /// The new version is taken away from every partner that it was assigned to.
    func unassignAll(by actor: Actor) throws {
        for assignment in try transaction.assignments(of: state.plan.alias)
        where assignment.version == state.newVersion {
            try keys(by: actor).unassign(state.plan.alias, from: assignment.partner)
        }
    }

    private func checkOldVersionIsValid() throws {
        if let end = try oldVersionEndedAt() { throw RenewalRefusal.oldExpired(state.plan.oldVersion, at: end) }
    }

    /// Whether the old version may protect again.
    func isOldVersionValid() throws -> Bool { try oldVersionEndedAt() == nil }

    private func oldVersionEndedAt() throws -> Date? {
        let end = try transaction.version(state.plan.oldVersion)?.validity?.upperBound
        return end.flatMap { $0 < scope.now ? $0 : nil }
    }

    /// The renewal belongs to the tenant's administrators.
    func checkCoordinator(_ actor: Actor) throws {
        // The system itself goes back where the agreed downtime says so; nobody else can be it.
        guard actor.holds(scope.tenantAdministrator) || actor == scope.system else {
            throw RenewalRefusal.notCoordinator(actor, scope.tenantAdministrator)
        }
    }

    private func checkReason(_ reason: String) throws {
        guard reason.contains(where: { !$0.isWhitespace }) else { throw RenewalRefusal.reasonMissing }
    }

    /// A partner's change to the new key alone, while its messages are protected with both.
    private func doublyProtectedStepWithoutReturn() -> PlannedStep? {
        let doubled = state.plan.tracks.indices.filter { state.plan.tracks[$0].variant == .double }
        return doubled.isEmpty ? nil : stepWithoutReturn(in: doubled)
    }

    /// A step after which a partner or the tenant no longer handles the old key.
    func stepWithoutReturn(in tracks: [Int]? = nil) -> PlannedStep? {
        let exclusive = state.plan.steps.filter { step in
            if let tracks, Set(tracks).isDisjoint(with: step.tracks) { return false }
            let isSingle = step.tracks.contains { [.single, .double].contains(state.plan.tracks[$0].variant) }
            return step.kind == .removeOld || step.kind == .configurePartner && isSingle
        }
        return exclusive.first { [.claimed, .verified, .overridden].contains(state.progress(of: $0.id).state) }
    }
}

extension ProofRule {
    /// Two persons may do without what others say and what traffic shows; never without what protects messages.
    fileprivate var canBeOverridden: Bool {
        switch self {
        case .acknowledged, .newKeyInTraffic, .partnerUsesNewKey, .trafficResumed: true
        case .performed, .asserted, .agreedByBoth, .onEveryNode, .flowStopped, .flowServing, .silence, .drained,
            .retentionOver:
            false
        }
    }
}
