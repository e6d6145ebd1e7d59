import FoundationEssentials
import Keystore

/// A growing share of a receiver's messages tries the new key out; it goes back by itself when they are refused.
extension RenewalSession {
    /// Begins, moves and takes back what is to be.
    mutating func moveCanaries(before exchange: PlannedStep) throws {
        guard state.exchangedAt(for: exchange) == nil else { return }
        for (index, track) in tracks(of: exchange) where track.trialWay == .message {
            guard let record = state.canaries[track.partner] else {
                try beginByItself(track, index, exchange)
                continue
            }
            guard record.canary.permille > 0 else { continue }
            try move(record, index, exchange)
        }
    }

    /// A person sets the share of one receiver's messages, in per cent: 0, 1, 10 or 100.
    mutating func setCanary(_ partner: PartnerID, percent: Int, by actor: Actor) throws {
        let permille = percent * 10
        try checkCoordinator(actor)
        try checkRunning()
        guard permille == 0 || Canary.shares.contains(permille) else { throw RenewalRefusal.badShare(percent) }
        let own = try tracksToTry(with: partner)
        guard let (index, track) = own.first(where: { $0.track.trialWay == .message }) else {
            throw RenewalRefusal.notProbeable(own.map(\.track), scope.runtime)
        }
        guard permille == 0 || isConfigured(index) else { throw RenewalRefusal.notConfigured(track) }
        try set(permille, track, index, track.flows, "set by \(actor.name)", by: actor)
    }

    /// A partner that moves by itself tries nothing out any more, not even after it was taken back.
    mutating func endCanary(of partner: PartnerID, by actor: Actor) throws {
        guard let record = state.canaries[partner], record.canary.permille > 0,
            let index = state.plan.tracks.firstIndex(where: { $0.partner == partner && $0.trialWay == .message })
        else { return }
        try set(0, state.plan.tracks[index], index, record.canary.flows, "the partner moved to the new key", by: actor)
    }

    private mutating func beginByItself(_ track: RenewalTrack, _ index: Int, _ exchange: PlannedStep) throws {
        let flows = track.flows.filter { scope.runtime.proofWays[$0]?.hasCanary == true }
        guard !flows.isEmpty, isConfigured(index), !state.isUnguarded else { return }
        let facts = try facts(for: exchange)
        guard scope.rules.onEveryNode(facts).isSatisfied else { return }
        // What a harmless message would show is not tried with a real one first.
        let trials = facts.tracks.filter { $0.track == track }.flatMap(\.trials)
        guard trials.allSatisfy({ $0.last?.finding?.outcome == .accepted }) else { return }
        try set(Canary.shares[0], track, index, flows, "begun by the flow's settings", by: scope.system)
    }

    private mutating func move(_ record: CanaryRecord, _ index: Int, _ exchange: PlannedStep) throws {
        let canary = record.canary
        let track = state.plan.tracks[index]
        let reader = FactReader(transaction: transaction, state: state, scope: scope)
        let now = try reader.trialUse(of: index)
        let (taken, refused) = (now.succeeded - canary.succeeded, now.failed - canary.failed)
        guard refused <= 0 else {
            let reason =
                "\(refused) message(s) refused with a security fault at \(canary.inWords); sent again under the old key"
            try set(0, track, index, canary.flows, reason, steppingBack: true, by: scope.system)
            return try alert(exchange, "The canary with \(canary.partner) stepped back: \(reason).")
        }
        guard taken >= scope.settings.minimumMessages, let next = Canary.shares.first(where: { $0 > canary.permille }),
            scope.now >= record.since.advanced(by: scope.settings.canaryWait)
        else { return }
        let reason = "\(taken) message(s) taken at \(canary.inWords)"
        try set(next, track, index, canary.flows, reason, by: scope.system)
    }

    private mutating func set(
        _ permille: Int,
        _ track: RenewalTrack,
        _ index: Int,
        _ flows: [String],
        _ reason: String,
        steppingBack: Bool = false,
        by actor: Actor
    ) throws {
        guard let version = state.newVersion, let step = trialStep(index) else { return }
        let reader = FactReader(transaction: transaction, state: state, scope: scope)
        let use = try reader.trialUse(of: index)
        let canary = Canary(
            name: "\(state.id)/canary-\(state.lastSequence + 1)",
            version: version,
            partner: track.partner,
            flows: flows,
            permille: permille,
            succeeded: use.succeeded,
            failed: use.failed,
            reason: reason,
            steppedBack: steppingBack
        )
        try record(.canaryMoved(step: step, canary: canary), by: actor)
    }
}

extension RenewalState {
    /// The shares that are to run now; `nil` when the renewal has nothing to say about them.
    func canariesToRun(by runtime: RuntimeObservation) -> Set<Canary>? {
        guard !canaries.isEmpty else { return nil }
        guard !isOver, exchangedAt == nil else { return [] }
        return Set(canaries.values.map(\.canary).filter { $0.permille > 0 && movedPartners[$0.partner] == nil })
    }
}
