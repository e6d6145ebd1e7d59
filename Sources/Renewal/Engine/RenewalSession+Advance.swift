import FoundationEssentials
import Keystore

extension RenewalSession {
    /// Opens, proves and does everything that needs no person; called again with the same facts, it does nothing.
    mutating func advance() throws {
        try noteDowntimes()
        guard state.startedAt != nil, !state.isOver else { return }
        var last = 0
        while last != state.lastSequence {
            last = state.lastSequence
            for step in state.plan.steps { try advance(step) }
            for step in state.plan.steps { try confirm(step) }
        }
        if state.plan.steps.allSatisfy({ state.progress(of: $0.id).state.isSettled }) {
            try record(.completed, by: scope.system)
        }
    }

    private mutating func advance(_ step: PlannedStep) throws {
        switch state.progress(of: step.id).state {
        case .waiting:
            try noteLateMessage(of: step)
            try tryOut(before: step)
            try open(step)
        case .open:
            try noteDelay(of: step)
            try tryOut(before: step)
            try remindInTime(of: step)
            try noteLateMessage(of: step)
            if step.kind.isPerformedBySystem { try perform(step) }
        case .claimed:
            try prove(step)
            try noteDelay(of: step)
            try remindInTime(of: step)
        case .verified, .failed, .overridden, .skipped: break
        }
    }

    private mutating func tryOut(before step: PlannedStep) throws {
        guard step.kind == .exchange else { return }
        try tryNewKey(before: step)
        try moveCanaries(before: step)
    }

    /// Lets the step be done, and counts its time from now, where it waits for nothing any more.
    mutating func open(_ step: PlannedStep) throws {
        guard state.missing(before: step).isEmpty else { return }
        if isGuarded(step), try !entryVerdict(of: step).isSatisfied { return }
        let deadline = step.kind.isPerformedBySystem ? nil : scope.now.advanced(by: scope.settings.reminderWait)
        try record(.opened(step: step.id, deadline: deadline), by: scope.system)
    }

    private mutating func perform(_ step: PlannedStep) throws {
        switch step.kind {
        case .inform: try inform(step, by: scope.system)
        case .retain:
            try stopAcceptingOld(at: step)
            try prove(step)
        case .addToKeystore:
            try prove(step)
            try activateWithoutExchange(at: step)
        default: try prove(step)
        }
    }

    /// Accepts the proof of a step when there is one.
    private mutating func prove(_ step: PlannedStep) throws {
        let verdict = try proofVerdict(of: step)
        switch verdict.decision {
        case .satisfied:
            try record(.verified(step: step.id, evidence: verdict.evidence), by: scope.system)
            try noteProvenCapabilities(at: step)
        case .failed(let remedy):
            let reason = "\(verdict.evidence.explanation) \(remedy)"
            try record(.failed(step: step.id, reason: reason), by: scope.system)
        case .unsatisfied: break
        }
    }

    /// What is only kept need not be accepted any more, and the clock of its destruction wants that.
    private mutating func stopAcceptingOld(at step: PlannedStep) throws {
        let old = state.plan.oldVersion
        guard state.stoppedAcceptingAt == nil, try facts(for: step).oldInTransit == 0 else { return }
        if let version = try transaction.presentVersion(old), version.state == .retiring {
            try keys(by: scope.system).stopAccepting(version.id)
        }
        let generation = try transaction.generation()
        try record(.stoppedAccepting(step: step.id, version: old, generation: generation), by: scope.system)
    }

    /// Where the tenant only verifies or decrypts there is no step of its own for the exchange: with both versions
    /// accepted on every node, the new one becomes the alias's current one.
    private mutating func activateWithoutExchange(at step: PlannedStep) throws {
        guard state.progress(of: step.id).state.isSettled, state.steps(.exchange).isEmpty else { return }
        try exchange(at: step, by: scope.system)
    }

    /// Alerts when an old message arrives after the partner was seen to have changed: once, and again after a whole wait.
    private mutating func noteLateMessage(of step: PlannedStep) throws {
        guard step.entry == .oldKeyUnseen, let changed = partnersSettledAt(for: step) else { return }
        let reported = state.progress(of: step.id).oldKeySeenAt?.advanced(by: scope.settings.acceptanceWait)
        guard let seen = try facts(for: step).tracks.compactMap(\.old.lastAt).max() else { return }
        guard seen > max(changed, reported ?? changed) else { return }
        try record(.oldKeySeen(step: step.id, moment: seen), by: scope.system)
        try alert(step, "A message with the old key arrived at \(seen.inWords): its clock begins anew.")
    }

    /// When the last partner of the step's tracks was settled as changed; `nil` while one of them is not.
    private func partnersSettledAt(for step: PlannedStep) -> Date? {
        let steps = state.steps(.configurePartner).filter { !Set($0.tracks).isDisjoint(with: step.tracks) }
        let moments = steps.compactMap { state.progress(of: $0.id).settledAt }
        return moments.count == steps.count ? moments.max() : nil
    }

    private mutating func noteDelay(of step: PlannedStep) throws {
        let progress = state.progress(of: step.id)
        guard !progress.isOverdue, !progress.state.isSettled, let deadline = progress.deadline, scope.now > deadline
        else { return }
        try record(.becameOverdue(step: step.id), by: scope.system)
        try remind(of: step)
        if step.by.organisation != scope.tenant { try reportSilence(of: step, since: deadline) }
    }
}
