import FoundationEssentials
import Keystore

/// Reads the facts that guards decide on, all from one transaction.
struct FactReader {
    let transaction: any RenewalTransaction
    let state: RenewalState
    let scope: RenewalScope

    /// What people said about a step.
    func statements(about step: PlannedStep) -> GuardFacts {
        let progress = state.progress(of: step.id)
        var facts = GuardFacts(now: scope.now)
        facts.renewal = state.id
        facts.claimedAt = progress.claimedAt
        facts.isAcknowledged = progress.isAcknowledged
        facts.agreement = GuardFacts.Agreement(
            agreed: progress.agreed,
            needed: [step.by] + [step.to].compactMap(\.self)
        )
        return facts
    }

    /// The facts that matter to one step.
    func facts(for step: PlannedStep) throws -> GuardFacts {
        let progress = state.progress(of: step.id)
        var facts = statements(about: step)
        facts.stagedGeneration = state.stagedGeneration
        facts.acknowledgedGeneration = scope.runtime.acknowledgedGeneration
        facts.newValidity = try state.newVersion.flatMap { try transaction.presentVersion($0)?.validity }
        facts.undeployed = try state.flows(of: .undeployFlow, for: step).map { try flow($0) }
        facts.silenced = try state.flows(of: .stopSending, for: step).map { try flow($0) }
        facts.flows = try step.flows.map { try flow($0) }
        facts.tracks = try step.tracks.compactMap { try track($0) }
        facts.forgiveFailures(progress.failuresBefore)
        facts.oldInTransit = try oldInTransit(for: step)
        facts.exchangedAt = state.exchangedAt(for: step)
        facts.isExchangeProven = state.exchanges(for: step).allSatisfy { state.progress(of: $0.id).state.isSettled }
        facts.partnersChangedAt = partnersChangedAt(in: step.tracks)
        facts.stoppedAcceptingAt = state.stoppedAcceptingAt
        facts.downtime = downtime(of: step)
        return facts
    }

    private func flow(_ flow: String) throws -> GuardFacts.FlowFacts {
        let (isStored, isRunning) = (try transaction.isDeployed(flow), scope.runtime.deployedFlows.contains(flow))
        let stop = state.steps(.stopSending).first { $0.flows.contains(flow) }
        return GuardFacts.FlowFacts(
            flow: flow,
            isDeployed: isStored || isRunning,
            isServing: isStored && isRunning,
            openOperations: try transaction.openOperations(on: flow),
            undelivered: try transaction.undeliveredMessages(of: flow),
            lastArrival: try transaction.lastInboundArrival(on: flow),
            stoppedAt: stop.flatMap { state.progress(of: $0.id).claimedAt }
        )
    }

    /// The downtime that every partner of the step's tracks agreed to.
    private func downtime(of step: PlannedStep) -> DowntimeWindow? {
        let agreements = state.steps(.agreeDowntime).filter { !Set($0.tracks).isDisjoint(with: step.tracks) }
        // One that is proposed anew counts when it is agreed again.
        let settled = agreements.map { state.progress(of: $0.id) }.filter(\.state.isSettled)
        let windows = settled.count == agreements.count ? settled.compactMap(\.window) : []
        return windows.dropFirst().reduce(windows.first) { common, window in common?.intersection(window) }
    }

    private func track(_ index: Int) throws -> GuardFacts.TrackFacts? {
        guard state.plan.tracks.indices.contains(index) else { return nil }
        let track = state.plan.tracks[index]
        var new = try state.newVersion.map { try use(of: $0, in: track) } ?? KeyUseTally()
        for prior in state.priorUses where prior.track == index { new.forget(prior) }
        return GuardFacts.TrackFacts(
            track: track,
            old: try use(of: state.plan.oldVersion, in: track),
            new: new,
            trials: trials(of: track),
            canary: try canary(of: index, track)
        )
    }

    /// The trials that the settings of the track's flows ask for, and what the last of each showed.
    private func trials(of track: RenewalTrack) -> [GuardFacts.TrialFacts] {
        guard let way = track.trialWay else { return [] }
        return track.flows.compactMap { flow in
            guard let ways = scope.runtime.proofWays[flow] else { return nil }
            guard way == .message ? ways.hasProbe : ways.selfTestPath != nil else { return nil }
            let path = way == .selfTest ? ways.selfTestPath : nil
            return GuardFacts.TrialFacts(flow: flow, way: way, path: path, last: state.probes.last(of: track, on: flow))
        }
    }

    /// Uses of the new version in a track, those of trials as well.
    func trialUse(of index: Int) throws -> KeyUseTally {
        guard let new = state.newVersion, state.plan.tracks.indices.contains(index) else { return KeyUseTally() }
        return try use(of: new, in: state.plan.tracks[index])
    }

    private func canary(of index: Int, _ track: RenewalTrack) throws -> GuardFacts.CanaryFacts? {
        guard track.trialWay == .message, let record = state.canaries[track.partner] else { return nil }
        let taken = try trialUse(of: index).succeeded - record.canary.succeeded
        return GuardFacts.CanaryFacts(canary: record.canary, taken: max(0, taken))
    }

    /// What was done with the new version up to now, track by track; where each partner moves by itself, in its own ones.
    func priorUses(before exchange: PlannedStep) throws -> [PriorUse] {
        guard let new = state.newVersion else { return [] }
        return try state.plan.tracks.enumerated()
            .filter { !state.isPerPartner || exchange.tracks.contains($0.offset) }
            .compactMap { index, track in
                let tally = try use(of: new, in: track)
                guard tally.succeeded + tally.failed > 0 else { return nil }
                return PriorUse(
                    track: index,
                    partner: track.partner,
                    succeeded: tally.succeeded,
                    failed: tally.failed
                )
            }
    }

    private func use(of version: KeyVersionID, in track: RenewalTrack) throws -> KeyUseTally {
        var tally = KeyUseTally()
        for flow in track.flows {
            let query = KeyUseQuery(
                version: version,
                purpose: track.useCase.purpose,
                partner: track.partner,
                flow: flow
            )
            tally.add(try transaction.keyUse(query))
        }
        return tally
    }

    private func oldInTransit(for step: PlannedStep) throws -> Int {
        let old = state.plan.oldVersion
        if state.isPerPartner, step.kind == .removeOld, step.by.organisation != scope.tenant {
            // Other partners may go on with the old key.
            return try transaction.openOperations(with: old, on: step.flows)
        }
        return try transaction.openOperations(with: old) + transaction.storedMessages(protectedWith: old)
    }

    /// When the last partner of these tracks said that it changed; `nil` while one of them has not.
    private func partnersChangedAt(in tracks: [Int]) -> Date? {
        let steps = state.steps(.configurePartner).filter { !Set($0.tracks).isDisjoint(with: tracks) }
        let moments = steps.compactMap { step in
            state.progress(of: step.id).state.isSettled ? state.progress(of: step.id).claimedAt : nil
        }
        return moments.count == steps.count ? moments.max() : nil
    }
}
