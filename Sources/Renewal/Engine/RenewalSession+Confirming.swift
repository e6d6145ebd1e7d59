import FoundationEssentials

/// What somebody only said, and what later showed that it is so.
extension RenewalSession {
    /// Lifts the proof of a step that rests on its role's word, when a trial or traffic has shown the same.
    mutating func confirm(_ step: PlannedStep) throws {
        let progress = state.progress(of: step.id)
        guard progress.state == .verified, let grade = progress.evidence?.grade, !state.isUnguarded else { return }
        guard grade < .observed, let better = try confirmation(of: step), let found = better.grade, found > grade else {
            return
        }
        try record(.confirmed(step: step.id, evidence: better), by: scope.system)
    }

    private func confirmation(of step: PlannedStep) throws -> Evidence? {
        switch step.kind {
        case .createKeyPair, .configurePartner: try handlesNewKey(step)
        case .agreeDowntime: stoodStill(step)
        case .removeOld where step.proof == .asserted: try goesOnWithoutOldKey(step)
        default: nil
        }
    }

    /// The partner has, or handles, the new key: tried out before the exchange; where nothing can be tried, seen after it.
    private func handlesNewKey(_ step: PlannedStep) throws -> Evidence? {
        let facts = try facts(for: step)
        guard facts.tracks.allSatisfy({ $0.track.variant == .dual }) else { return seenInTraffic(step, facts) }
        if let seen = seenByCanaries(facts) { return seen }
        let trials = facts.tracks.flatMap(\.trials)
        guard !trials.isEmpty, facts.tracks.allSatisfy({ !$0.trials.isEmpty }) else { return nil }
        guard trials.allSatisfy({ $0.last?.finding?.outcome == .accepted }) else { return nil }
        return Evidence(grade: .probed, explanation: trials.map(\.accepted).joined(separator: " "))
    }

    /// Canaries that have grown to all messages show more than probes.
    private func seenByCanaries(_ facts: GuardFacts) -> Evidence? {
        let canaries = facts.tracks.compactMap(\.canary)
        let least = scope.settings.minimumMessages
        guard canaries.count == facts.tracks.count, !canaries.isEmpty else { return nil }
        guard canaries.allSatisfy({ $0.canary.permille == 1000 && $0.taken >= least }) else { return nil }
        let words = canaries.map {
            "\($0.canary.partner) took \($0.taken) messages under \($0.canary.version) before the exchange."
        }
        return Evidence(grade: .observed, explanation: words.joined(separator: " "))
    }

    /// What both sides agreed to has happened: traffic stood still, and flows again.
    private func stoodStill(_ step: PlannedStep) -> Evidence? {
        let progress = state.progress(of: step.id)
        guard let began = progress.downtimeBeganAt, let ended = progress.downtimeEndedAt else { return nil }
        let explanation = "Traffic stood still from \(began.inWords) to \(ended.inWords)."
        return Evidence(grade: .observed, explanation: explanation)
    }

    private func seenInTraffic(_ step: PlannedStep, _ facts: GuardFacts) -> Evidence? {
        let proving = state.plan.steps.filter { other in
            (other.proof == .newKeyInTraffic || other.proof == .partnerUsesNewKey)
                && !Set(other.tracks).isDisjoint(with: step.tracks)
        }
        guard !proving.isEmpty, proving.allSatisfy({ state.progress(of: $0.id).state == .verified }) else { return nil }
        let shown = proving.compactMap { state.progress(of: $0.id).evidence?.explanation }
        return Evidence(grade: .observed, explanation: "Traffic showed it later: \(shown.joined(separator: " "))")
    }

    /// The partner gave the old key up, and its system still takes messages under the new one.
    private func goesOnWithoutOldKey(_ step: PlannedStep) throws -> Evidence? {
        guard let settled = state.progress(of: step.id).settledAt else { return nil }
        let facts = try facts(for: step)
        let moments = facts.tracks.compactMap(\.new.lastSucceededAt)
        guard moments.count == facts.tracks.count, let first = moments.min(), first >= settled else { return nil }
        guard facts.tracks.allSatisfy({ $0.new.failed == 0 }) else { return nil }
        return Evidence(
            grade: .observed,
            explanation: "Messages with the new key went on after it, at \(first.inWords)."
        )
    }
}

extension GuardFacts.TrialFacts {
    fileprivate var accepted: String {
        guard let last, let finding = last.finding else { return "" }
        let moment = last.endedAt.map { " at \($0.inWords)" } ?? ""
        return
            "\(last.probe.partner) on \(flow): \(last.probe.name) under \(last.probe.version) \(finding.status)\(moment)."
    }
}
