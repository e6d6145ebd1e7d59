import FoundationEssentials
import Keystore

/// Trying the new key before the exchange.
extension RenewalSession {
    /// Begins the trials that the flows' settings ask for, once the partner said that it handles the new key.
    mutating func tryNewKey(before exchange: PlannedStep) throws {
        guard state.exchangedAt(for: exchange) == nil, try canBeTried(before: exchange) else { return }
        for probe in scope.runtime.passedSelfTests.sorted(by: { $0.name < $1.name })
        where !state.probes.contains(where: { $0.probe == probe }) {
            try conclude(probe, ProbeFinding(outcome: .accepted, status: "its nonce came back"))
        }
        for (index, track) in tracks(of: exchange) where track.trialWay == .message && isConfigured(index) {
            for flow in track.flows where isDue(track, flow) {
                try begin(track, index, flow, by: scope.system)
            }
        }
    }

    /// Begins the probes of one partner at once, at a person's request.
    mutating func probe(_ partner: PartnerID, by actor: Actor) throws {
        try checkCoordinator(actor)
        try checkRunning()
        let own = try tracksToTry(with: partner)
        let tried = own.filter { $0.track.trialWay == .message }
        guard !tried.isEmpty else { throw RenewalRefusal.notProbeable(own.map(\.track), scope.runtime) }
        let flows = tried.flatMap { _, track in track.flows }
        let probed = flows.filter { scope.runtime.proofWays[$0]?.hasProbe == true }
        guard !probed.isEmpty else { throw RenewalRefusal.noProbe(flows) }
        for (index, track) in tried {
            for flow in track.flows where probed.contains(flow) && state.probes.pending(of: track, on: flow) == nil {
                try begin(track, index, flow, by: actor)
            }
        }
    }

    /// The tracks of a partner whose system can try the new key out now; refuses where there are none.
    func tracksToTry(with partner: PartnerID) throws -> [(index: Int, track: RenewalTrack)] {
        guard !state.isExchanged(for: partner) else { throw RenewalRefusal.exchanged(state) }
        guard let exchange = state.exchange(with: partner), state.newVersion != nil else {
            throw RenewalRefusal.nothingToProbe(state)
        }
        if let shortfall = scope.rules.onEveryNode(try facts(for: exchange)).shortfall {
            throw RenewalRefusal.guarded(exchange, shortfall)
        }
        let own = tracks(of: exchange).filter { $0.track.partner == partner }
        guard !own.isEmpty else { throw RenewalRefusal.noSuchPartner(partner, state) }
        return own
    }

    /// Writes down what a probe showed; one that is known already is left as it is.
    mutating func conclude(_ probe: Probe, _ finding: ProbeFinding) throws {
        guard !state.isOver, let step = trialStep(of: probe) else { return }
        if probe.way == .message {
            guard state.probes.contains(where: { $0.probe == probe && $0.finding == nil }) else { return }
        }
        try record(.probed(step: step, probe: probe, finding: finding), by: scope.system)
        if finding.outcome == .refused { try alertOfRefusal(probe, finding) }
        guard finding.outcome == .accepted, let part = part(of: probe) else { return }
        try transaction.recordProvenDual(
            probe.partner,
            part,
            by: .probe,
            detail: "\(probe.name): \(finding.status)",
            actor: scope.system.description,
            at: scope.now
        )
    }

    /// The step at which the trials of a track are journalled: what its partner said that it did.
    func trialStep(_ track: Int) -> StepID? {
        state.steps(.configurePartner).first { $0.tracks.contains(track) }?.id
    }

    /// The tracks of a step, with their place in the plan.
    func tracks(of step: PlannedStep) -> [(index: Int, track: RenewalTrack)] {
        step.tracks.filter(state.plan.tracks.indices.contains).map { ($0, state.plan.tracks[$0]) }
    }

    /// Whether the partner of a track said that its system handles the new key.
    func isConfigured(_ track: Int) -> Bool {
        trialStep(track).map { state.progress(of: $0).state.isSettled } ?? false
    }

    private func trialStep(of probe: Probe) -> StepID? {
        state.plan.tracks.indices
            .first { index in
                let track = state.plan.tracks[index]
                return track.partner == probe.partner && track.flows.contains(probe.flow) && track.trialWay == probe.way
            }
            .flatMap(trialStep)
    }

    /// What the partner's system did with the key on trial.
    private func part(of probe: Probe) -> PartnerPart? {
        state.plan.tracks
            .first { $0.partner == probe.partner && $0.trialWay == probe.way && $0.flows.contains(probe.flow) }
            .flatMap { PartnerPart($0.useCase.purpose) }
    }

    private func canBeTried(before exchange: PlannedStep) throws -> Bool {
        guard state.newVersion != nil, !state.isUnguarded else { return false }
        return scope.rules.onEveryNode(try facts(for: exchange)).isSatisfied
    }

    /// Never again after it was accepted; after anything else once its wait is over.
    private func isDue(_ track: RenewalTrack, _ flow: String) -> Bool {
        guard scope.runtime.proofWays[flow]?.hasProbe == true else { return false }
        guard state.probes.pending(of: track, on: flow) == nil else { return false }
        guard let last = state.probes.last(of: track, on: flow), let end = last.endedAt else { return true }
        guard last.finding?.outcome != .accepted else { return false }
        return scope.now >= end.advanced(by: scope.settings.probeWait)
    }

    private mutating func begin(_ track: RenewalTrack, _ index: Int, _ flow: String, by actor: Actor) throws {
        guard let version = state.newVersion, let step = trialStep(index), let way = track.trialWay else { return }
        let name = "\(state.id)/probe-\(state.lastSequence + 1)"
        let probe = Probe(name: name, way: way, version: version, partner: track.partner, flow: flow)
        try record(.probeBegan(step: step, probe: probe), by: actor)
    }

    private mutating func alertOfRefusal(_ probe: Probe, _ finding: ProbeFinding) throws {
        guard let exchange = state.exchange(with: probe.partner) else { return }
        let known = state.probes.filter { $0.probe.partner == probe.partner && $0.finding?.outcome == .refused }
        guard known.count == 1 else { return }
        try alert(
            exchange,
            "\(probe.partner) refused the probe \(probe.name) under \(probe.version): \(finding.status). "
                + "Nothing was exchanged; messages go on with the old key."
        )
    }
}

extension RenewalState {
    /// The self-tests that senders may run now, none once the alias changed; `nil` when the renewal has nothing to say about them.
    func selfTests(by runtime: RuntimeObservation) -> Set<Probe>? {
        guard let version = newVersion, plan.tracks.contains(where: { $0.trialWay == .selfTest }) else { return nil }
        guard !isOver, exchangedAt == nil, let staged = stagedGeneration, startedAt != nil,
            runtime.acknowledgedGeneration >= staged
        else { return status.holdsAlias || exchangedAt == nil ? [] : nil }
        var probes: Set<Probe> = []
        for (index, track) in plan.tracks.enumerated()
        where track.trialWay == .selfTest && movedPartners[track.partner] == nil {
            for flow in track.flows where runtime.proofWays[flow]?.selfTestPath != nil {
                let name = "\(id)/self-test-\(index + 1)-\(flow)"
                let probe = Probe(name: name, way: .selfTest, version: version, partner: track.partner, flow: flow)
                probes.insert(probe)
            }
        }
        return probes
    }
}
