import FoundationEssentials
import Keystore

extension RenewalSession {
    /// How long a renewal under way goes without a look at the most, whatever it waits for.
    static let lookInterval = Duration.seconds(60)
    /// How long one goes without a look that only waits for people or for its retention.
    static let idleLookInterval = Duration.seconds(3_600)

    /// Writes where the renewal stands, and when the scheduler has to look at it again: the last act of a transaction.
    func conclude() throws {
        try transaction.save(RenewalStanding(state, look: try nextLook()))
    }

    /// The next moment at which time, traffic or the runtime may change something that no person does.
    ///
    /// What only a person or another step changes is looked at in that very decision. What is not known to be told by
    /// a clock or by the ledger is looked at with every tick.
    private func nextLook() throws -> NextLook {
        let isIdle = state.status == .planned || state.status == .retaining
        let interval = isIdle ? Self.idleLookInterval : Self.lookInterval
        var look = NextLook(at: scope.now.advanced(by: interval))
        // After a downtime was taken back, its flows are looked at until they serve.
        if !state.unrestored.isEmpty { look.at = scope.now }
        guard state.startedAt != nil, !state.isOver else { return look }
        for moment in state.awaitedWindowEnds { look.at = min(look.at, max(moment, scope.now)) }
        for step in state.plan.steps { try consider(step, &look) }
        considerTrials(&look)
        return look
    }

    /// A probe that was begun is to be sent at once; a canary's next share, or its step back, follows from traffic.
    private func considerTrials(_ look: inout NextLook) {
        guard state.exchangedAt == nil else { return }
        if state.probes.contains(where: { $0.finding == nil }) { look.at = scope.now }
        for record in state.canaries.values where record.canary.permille > 0 {
            look.isWatchingTraffic = true
            look.at = min(look.at, max(scope.now, record.since.advanced(by: scope.settings.canaryWait)))
        }
    }

    private func consider(_ step: PlannedStep, _ look: inout NextLook) throws {
        let progress = state.progress(of: step.id)
        if let deadline = progress.deadline, !progress.isOverdue, !progress.state.isSettled {
            look.at = min(look.at, deadline.advanced(by: .milliseconds(1)))
        }
        switch progress.state {
        case .waiting:
            if step.entry == .oldKeyUnseen { look.isWatchingTraffic = true }
            guard state.missing(before: step).isEmpty else { return }
            consider(try entryVerdict(of: step), step.entry.teller, &look)
        case .open:
            if step.entry == .oldKeyUnseen { look.isWatchingTraffic = true }
            guard step.kind.isPerformedBySystem else { return }
            consider(try proofVerdict(of: step), step.proof.teller, &look)
        case .claimed:
            consider(try proofVerdict(of: step), step.proof.teller, &look)
        case .verified, .failed, .overridden, .skipped: return
        }
    }

    private func consider(_ verdict: GuardVerdict, _ teller: Teller, _ look: inout NextLook) {
        if teller == .ledger { look.isWatchingTraffic = true }
        if let moment = verdict.evidence.notBefore {
            look.at = min(look.at, max(moment, scope.now))
        } else if teller == .nobody {
            look.at = scope.now
        }
    }
}

/// Who tells that a guard without a clock may be satisfied now.
private enum Teller {
    /// A decision about the renewal, which looks at everything.
    case decision
    /// The key-use ledger, with the next use of the alias.
    case ledger
    /// Nobody: it has to be asked.
    case nobody
}

extension ProofRule {
    fileprivate var teller: Teller {
        switch self {
        case .performed, .asserted, .acknowledged, .agreedByBoth: .decision
        case .newKeyInTraffic, .partnerUsesNewKey: .ledger
        default: .nobody
        }
    }
}

extension EntryRule {
    fileprivate var teller: Teller {
        switch self {
        case .none, .exchangeProven: .decision
        default: .nobody
        }
    }
}
