import FoundationEssentials

extension GuardRules {
    /// The new key was tried out with every partner whose flows ask for that.
    ///
    /// What cannot be tried, or is not to be, stays the partner's word.
    func newKeyTried(_ facts: GuardFacts) -> GuardVerdict {
        let trials = facts.tracks.flatMap { track in track.trials.map { (track.track, $0) } }
        for (track, trial) in trials {
            guard let last = trial.last, let finding = last.finding else { return untried(track, trial, facts.renewal) }
            switch finding.outcome {
            case .accepted: continue
            case .refused: return refused(track, trial, last, finding, facts.renewal)
            case .inconclusive: return inconclusive(track, trial, last, finding, facts.renewal)
            }
        }
        var words = trials.map { " The probe on \($0.1.flow) was accepted." }.joined()
        for track in facts.tracks {
            guard let canary = track.canary else { continue }
            let verdict = grown(track.track, canary, facts.renewal)
            guard verdict.isSatisfied else { return verdict }
            words += verdict.evidence.explanation
        }
        return .satisfied(.probed, words)
    }

    /// A canary that was begun has grown to all messages, or a person has ended it.
    private func grown(
        _ track: RenewalTrack,
        _ facts: GuardFacts.CanaryFacts,
        _ renewal: RenewalID
    ) -> GuardVerdict {
        let canary = facts.canary
        let (begin, end) = (
            "`rekey renewal canary \(renewal) --partner \(track.partner)`",
            "`rekey renewal canary \(renewal) --partner \(track.partner) --share 0`"
        )
        if canary.steppedBack {
            return .missing(
                "The canary with \(track.partner) stepped back: \(canary.reason).",
                remedy:
                    "Have the \(track.administrator) configure the new key beside the old one, then begin again with "
                    + "\(begin); \(end) goes without."
            )
        }
        guard canary.permille > 0 else { return .satisfied(.asserted, "") }
        guard canary.permille == 1000, facts.taken >= settings.minimumMessages else {
            return .missing(
                "The canary with \(track.partner) is at \(canary.inWords): \(facts.taken) of \(settings.minimumMessages) "
                    + "messages taken under \(canary.version).",
                remedy: "Wait for traffic and for the next share, or end it with \(end)."
            )
        }
        return .satisfied(.observed, " \(track.partner) took \(facts.taken) messages under \(canary.version) before.")
    }

    private func untried(
        _ track: RenewalTrack,
        _ trial: GuardFacts.TrialFacts,
        _ renewal: RenewalID
    ) -> GuardVerdict {
        switch trial.way {
        case .message:
            .missing(
                "The new key has not been tried out with \(track.partner) on \(trial.flow) yet.",
                remedy:
                    "Run `rekey renewal probe \(renewal) --partner \(track.partner)`, or wait: it is sent by itself once "
                    + "the partner is configured."
            )
        case .selfTest:
            .missing(
                "The system of \(track.partner) has not called the self-test \(trial.path ?? "") yet.",
                remedy: "Have the \(track.administrator) run it; a system that cannot is exchanged on its "
                    + "administrator's word once `sender.selfTest` is removed from the flow."
            )
        }
    }

    private func refused(
        _ track: RenewalTrack,
        _ trial: GuardFacts.TrialFacts,
        _ last: ProbeRecord,
        _ finding: ProbeFinding,
        _ renewal: RenewalID
    ) -> GuardVerdict {
        let moment = last.endedAt.map { " at \($0.inWords)" } ?? ""
        return .missing(
            "\(track.partner) refused the probe on \(trial.flow) under \(last.probe.version)\(moment): \(finding.status).",
            remedy: "Have the \(track.administrator) configure the new key beside the old one and compare its "
                + "fingerprint, then run `rekey renewal probe \(renewal) --partner \(track.partner)`."
        )
    }

    private func inconclusive(
        _ track: RenewalTrack,
        _ trial: GuardFacts.TrialFacts,
        _ last: ProbeRecord,
        _ finding: ProbeFinding,
        _ renewal: RenewalID
    ) -> GuardVerdict {
        let moment = last.endedAt.map { " at \($0.inWords)" } ?? ""
        return .missing(
            "The probe on \(trial.flow) showed nothing about the new key\(moment): \(finding.status).",
            remedy: "Mend that with the \(track.administrator), then run `rekey renewal probe \(renewal) --partner "
                + "\(track.partner)`; or remove `receiver.probe` from the flow to exchange on the partner's word."
        )
    }
}
