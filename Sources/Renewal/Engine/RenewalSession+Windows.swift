import FoundationEssentials

/// What two parties say about a downtime.
extension RenewalSession {
    /// The step that agrees a downtime: the one that is named, or the only one of the actor's.
    func windowStep(_ id: StepID?, for actor: Actor) throws -> PlannedStep {
        let own = state.steps(.agreeDowntime).filter { step in step.parties.contains(where: actor.holds) }
        guard let id else {
            guard let only = own.first, own.count == 1 else {
                throw RenewalRefusal.noWindowStep(state, own, actor)
            }
            return only
        }
        let step = try step(id)
        guard step.kind == .agreeDowntime else { throw RenewalRefusal.noWindowStep(state, own, actor) }
        guard own.contains(step) else { throw RenewalRefusal.notTheirs(step, step.parties, actor) }
        return step
    }

    mutating func propose(_ proposal: WindowProposal, at step: PlannedStep, by actor: Actor) throws {
        try checkRunning()
        try checkChangeable(step, by: actor)
        let window = proposal.window
        guard window.start < window.end, window.end > scope.now else { throw RenewalRefusal.badWindow(window) }
        let isOutbound = step.tracks.allSatisfy { state.plan.tracks[$0].useCase.side == .outbound }
        guard proposal.conduct == .undeploy || isOutbound else { throw RenewalRefusal.noHold(step) }
        let party = Party(role: actor.role, organisation: actor.organisation)
        try record(.windowProposed(step: step.id, party: party, proposal: proposal), by: actor)
        try announceWindow(of: step)
    }

    mutating func acceptWindow(at step: PlannedStep, by actor: Actor) throws {
        try checkRunning()
        try checkChangeable(step, by: actor)
        let (progress, party) = (
            state.progress(of: step.id), Party(role: actor.role, organisation: actor.organisation)
        )
        guard let window = progress.window, progress.state == .open else {
            throw RenewalRefusal.nothingProposed(step, progress)
        }
        guard window.end > scope.now else { throw RenewalRefusal.badWindow(window) }
        guard !progress.agreed.contains(party) else { throw RenewalRefusal.alreadyAgreed(step, party) }
        try record(.agreed(step: step.id, party: party, window: window), by: actor)
        try record(.claimed(step: step.id, note: nil, outOfOrder: false), by: actor)
        try announceWindow(of: step)
    }

    mutating func cancelWindow(at step: PlannedStep, by actor: Actor, reason: String) throws {
        try checkRunning()
        try checkChangeable(step, by: actor)
        guard reason.contains(where: { !$0.isWhitespace }) else { throw RenewalRefusal.reasonMissing }
        let former = state.progress(of: step.id)
        guard let window = former.window else { throw RenewalRefusal.nothingProposed(step, former) }
        let party = Party(role: actor.role, organisation: actor.organisation)
        try record(.windowCancelled(step: step.id, party: party, reason: reason), by: actor)
        try announceCancelled(window, of: step, wasAgreed: former.agreed.count > 1, reason)
    }

    /// Until somebody acted on it.
    private func checkChangeable(_ step: PlannedStep, by actor: Actor) throws {
        let progress = state.progress(of: step.id)
        if progress.state == .waiting, let refusal = try refusalOfWaiting(step, to: actor) { throw refusal }
        if let begun = state.stops(in: step).first(where: { state.isBegun($0) }) {
            throw RenewalRefusal.downtimeUnderWay(step, begun)
        }
    }
}

extension RenewalState {
    /// The steps that make traffic stand still for this downtime.
    func stops(in step: PlannedStep) -> [PlannedStep] { sharing(step, [.undeployFlow, .stopSending]) }

    /// The steps that let it flow again.
    func resumes(in step: PlannedStep) -> [PlannedStep] { sharing(step, [.deployFlow, .startSending]) }

    /// Whether somebody acted on the step.
    func isBegun(_ step: PlannedStep) -> Bool { ![.waiting, .open].contains(progress(of: step.id).state) }

    /// The downtimes that were agreed for this step's partners, the first one first.
    func windows(of step: PlannedStep) -> [DowntimeWindow] {
        sharing(step, [.agreeDowntime]).map { progress(of: $0.id) }.filter(\.state.isSettled).compactMap(\.window)
            .sorted { $0.start < $1.start }
    }

    private func sharing(_ step: PlannedStep, _ kinds: Set<StepKind>) -> [PlannedStep] {
        plan.steps.filter { kinds.contains($0.kind) && !Set($0.tracks).isDisjoint(with: step.tracks) }
    }

    /// Whether a flow is held in its downtime: because the plan chose so, or because both parties agreed to it.
    func isHeld(_ flow: String, in step: PlannedStep) -> Bool {
        plan.choices?.held.contains(flow) == true || conduct(of: step) == .hold
    }

    /// What becomes of the flows of a step in the downtime that its partners agreed to: held only where all say so.
    func conduct(of step: PlannedStep) -> WindowProposal.Conduct {
        let proposals = sharing(step, [.agreeDowntime]).map { progress(of: $0.id).proposal }
        return !proposals.isEmpty && proposals.allSatisfy { $0?.conduct == .hold } ? .hold : .undeploy
    }
}

extension PlannedStep {
    /// Both who have a say.
    var parties: [Party] { [by] + [to].compactMap(\.self) }
}
