import FoundationEssentials

/// What becomes of agreed downtimes as time passes: begin and end by the runtime's own state, alarm, and the way back.
extension RenewalSession {
    /// Notes each once; also after the system went back, until traffic flows again.
    mutating func noteDowntimes() throws {
        guard state.startedAt != nil, !state.isOver || state.isRestoring else { return }
        for step in state.steps(.agreeDowntime) { try noteDowntime(of: step) }
        for step in state.steps(.agreeDowntime) where !state.isOver {
            try noteOverrun(of: step)
            try noteLapse(of: step)
        }
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
        guard !state.unrestored.contains(step) else {
            let flows = state.stops(in: step).filter { $0.kind == .undeployFlow }.flatMap(\.flows)
            return flows.allSatisfy(scope.runtime.deployedFlows.contains) ? scope.now : nil
        }
        let resumes = state.resumes(in: step)
        let moments = resumes.compactMap { state.progress(of: $0.id).settledAt }
        return moments.count == resumes.count ? moments.max() : nil
    }

    /// After the agreed end: goes back where the parties agreed to that and it is still possible; else raises the alarm.
    ///
    /// Where each partner moves by itself, this one alone goes back.
    private mutating func noteOverrun(of step: PlannedStep) throws {
        let progress = state.progress(of: step.id)
        guard state.isDowntimeUnderWay(step), !progress.hasOverrun, let window = progress.window,
            scope.now >= window.end
        else { return }
        try record(.downtimeOverran(step: step.id, end: window.end), by: scope.system)
        guard progress.proposal?.rollsBack == true, !isConfirmed(step) else {
            return try announceOverrun(window, of: step)
        }
        let reason = "The downtime ended at \(window.end.inWords), and the partner has not confirmed the new key."
        if let partner = state.partnerMovingAlone(in: step) {
            guard try mayTakeBack(step) else { return try announceOverrun(window, of: step) }
            return try takeBack(partner, step, by: scope.system, reason: reason)
        }
        guard stepWithoutReturn() == nil else { return try announceOverrun(window, of: step) }
        if state.exchangedAt != nil || !state.movedPartners.isEmpty {
            // An old key that has expired protects nothing: people have to find another way.
            guard try isOldVersionValid() else { return try announceOverrun(window, of: step) }
            try rollBack(by: scope.system, reason: reason)
        } else {
            try abort(by: scope.system, reason: reason)
        }
    }

    /// Traffic stands still in an agreed downtime or not at all: one that nobody used until its end is called off.
    private mutating func noteLapse(of step: PlannedStep) throws {
        guard state.isUnused(step), !state.isUnguarded, let window = state.progress(of: step.id).window,
            scope.now >= window.end
        else { return }
        let reason = "Until its end nobody stopped the traffic. Agree another one."
        let party = Party(role: scope.system.role, organisation: scope.system.organisation)
        try record(.windowCancelled(step: step.id, party: party, reason: reason), by: scope.system)
        try announceCancelled(window, of: step, wasAgreed: true, reason)
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
    /// Whether traffic stands still for this downtime, and nobody took it back.
    func isDowntimeUnderWay(_ step: PlannedStep) -> Bool {
        let progress = progress(of: step.id)
        return progress.downtimeBeganAt != nil && progress.downtimeEndedAt == nil && !progress.isTakenBack
    }

    /// Whether a downtime is agreed, and nobody acted for it yet.
    func isUnused(_ step: PlannedStep) -> Bool {
        let progress = progress(of: step.id)
        return progress.state == .verified && progress.downtimeBeganAt == nil
            && !stops(in: step).contains { isBegun($0) }
    }

    /// The downtimes that were taken back, alone or with the whole renewal by the system, and whose flows do not serve yet.
    var unrestored: [PlannedStep] {
        steps(.agreeDowntime)
            .filter { step in
                let progress = progress(of: step.id)
                guard isOver else { return progress.isTakenBack }
                return isEndedBySystem && progress.downtimeBeganAt != nil && progress.downtimeEndedAt == nil
            }
    }

    /// Whether the system went back by itself, and flows that it stopped do not serve yet.
    var isRestoring: Bool { isOver && !unrestored.isEmpty }

    /// The ends of downtimes that were agreed, and of which it was not said that they overran.
    var awaitedWindowEnds: [Date] {
        steps(.agreeDowntime).filter { isUnused($0) || isDowntimeUnderWay($0) && !progress(of: $0.id).hasOverrun }
            .compactMap { progress(of: $0.id).window?.end }
    }

    /// What the system, a downtime being taken back, deploys again.
    func restoringActs(for runtime: RuntimeObservation) -> [RuntimeAct] {
        let downtimes = unrestored
        let stops = steps(.undeployFlow)
            .filter { stop in
                guard !isOver else { return isBegun(stop) }
                return downtimes.contains { !Set($0.tracks).isDisjoint(with: stop.tracks) }
            }
        let flows = downtimes.isEmpty ? [] : Set(stops.flatMap(\.flows)).subtracting(flowsKeptUndeployed)
        return flows.subtracting(runtime.deployedFlows).sorted().map { .deploy(flow: $0) }
    }
}
