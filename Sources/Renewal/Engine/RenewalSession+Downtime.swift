import FoundationEssentials

/// What becomes of agreed downtimes as time passes: begin and end by the runtime's own state, alarm, and the way back.
extension RenewalSession {
    /// Notes each once; also after the system went back, until traffic flows again.
    mutating func noteDowntimes() throws {
        guard state.startedAt != nil, !state.isOver || state.isRestoring else { return }
        for step in state.steps(.agreeDowntime) { try noteDowntime(of: step) }
        for step in state.steps(.agreeDowntime) where !state.isOver { try noteOverrun(of: step) }
    }

    private mutating func noteDowntime(of step: PlannedStep) throws {
        let progress = state.progress(of: step.id)
        if progress.downtimeBeganAt == nil {
            let stops = state.stops(in: step).compactMap { state.progress(of: $0.id).settledAt }
            guard let moment = stops.min() else { return }
            try record(.downtimeBegan(step: step.id, moment: moment), by: scope.system)
        }
        guard progress.downtimeEndedAt == nil, let moment = resumedAt(step) else { return }
        try record(.downtimeEnded(step: step.id, moment: moment), by: scope.system)
    }

    /// When traffic flowed again; after a way back, when every flow that was stopped serves.
    private func resumedAt(_ step: PlannedStep) -> Date? {
        guard !state.isRestoring else {
            let flows = state.stops(in: step).filter { $0.kind == .undeployFlow }.flatMap(\.flows)
            return flows.allSatisfy(scope.runtime.deployedFlows.contains) ? scope.now : nil
        }
        let resumes = state.resumes(in: step)
        let moments = resumes.compactMap { state.progress(of: $0.id).settledAt }
        return moments.count == resumes.count ? moments.max() : nil
    }

    /// After the agreed end: goes back where the parties agreed to that and it is still possible; else raises the alarm.
    private mutating func noteOverrun(of step: PlannedStep) throws {
        let progress = state.progress(of: step.id)
        guard progress.downtimeBeganAt != nil, progress.downtimeEndedAt == nil, !progress.hasOverrun,
            let window = progress.window, scope.now >= window.end
        else { return }
        try record(.downtimeOverran(step: step.id, end: window.end), by: scope.system)
        guard progress.proposal?.rollsBack == true, !isConfirmed(step), stepWithoutReturn() == nil else {
            return try announceOverrun(window, of: step)
        }
        let reason = "The downtime ended at \(window.end.inWords), and the partner has not confirmed the new key."
        if state.exchangedAt != nil || !state.movedPartners.isEmpty {
            // An old key that has expired protects nothing: people have to find another way.
            guard try isOldVersionValid() else { return try announceOverrun(window, of: step) }
            try rollBack(by: scope.system, reason: reason)
        } else {
            try abort(by: scope.system, reason: reason)
        }
    }

    /// Whether the partner said that its system has the new key.
    private func isConfirmed(_ step: PlannedStep) -> Bool {
        let own = state.plan.steps.filter { other in
            [.configurePartner, .confirmPartner].contains(other.kind)
                && !Set(other.tracks).isDisjoint(with: step.tracks)
        }
        return own.allSatisfy { state.isBegun($0) }
    }
}

extension RenewalState {
    /// Whether the system went back by itself, and flows that it stopped do not serve yet.
    var isRestoring: Bool {
        isOver && isEndedBySystem
            && steps(.agreeDowntime)
                .contains { step in
                    let progress = progress(of: step.id)
                    return progress.downtimeBeganAt != nil && progress.downtimeEndedAt == nil
                }
    }

    /// The ends of downtimes that have begun, and of which it was not said that they overran.
    var awaitedWindowEnds: [Date] {
        steps(.agreeDowntime).map { progress(of: $0.id) }
            .filter { $0.downtimeBeganAt != nil && $0.downtimeEndedAt == nil && !$0.hasOverrun }
            .compactMap(\.window?.end)
    }

    /// What the system, having gone back, deploys again.
    func restoringActs(for runtime: RuntimeObservation) -> [RuntimeAct] {
        guard isRestoring else { return [] }
        let flows = Set(steps(.undeployFlow).filter { isBegun($0) }.flatMap(\.flows))
        return flows.subtracting(runtime.deployedFlows).sorted().map { .deploy(flow: $0) }
    }
}
