import Keystore

extension RenewalEvent {
    /// The step that it is about; `nil` when it is about the renewal.
    package var step: StepID? {
        switch self {
        case .opened(let step, _), .claimed(let step, _, _), .agreed(let step, _, _), .versionAdded(let step, _, _),
            .versionTaken(let step, _, _),
            .exchanged(let step, _, _, _), .informed(let step, _), .acknowledged(let step, _), .verified(let step, _),
            .failed(let step, _), .overrideRequested(let step, _), .overridden(let step, _, _), .skipped(let step, _),
            .becameOverdue(let step), .oldKeySeen(let step, _), .stoppedAccepting(let step, _, _),
            .destroyed(let step, _), .moved(let step, _, _, _), .movedBack(let step, _, _, _, _),
            .doubled(let step, _, _, _), .probeBegan(let step, _), .probed(let step, _, _), .confirmed(let step, _),
            .usedBefore(let step, _), .canaryMoved(let step, _), .windowProposed(let step, _, _),
            .windowCancelled(let step, _, _), .downtimeBegan(let step, _), .downtimeEnded(let step, _),
            .downtimeOverran(let step, _), .takenBack(let step, _, _, _), .reminded(let step, _, _),
            .escalated(let step, _, _):
            step
        case .planned, .replanned, .approved, .started, .rolledBack, .compromised, .aborted, .completed: nil
        }
    }

    /// Its name in one word, for logs and lists.
    package var name: String {
        switch self {
        case .planned: "planned"
        case .replanned: "replanned"
        case .approved: "approved"
        case .started: "started"
        case .opened: "opened"
        case .claimed: "claimed"
        case .agreed: "agreed"
        case .windowProposed: "windowProposed"
        case .windowCancelled: "windowCancelled"
        case .downtimeBegan: "downtimeBegan"
        case .downtimeEnded: "downtimeEnded"
        case .downtimeOverran: "downtimeOverran"
        case .takenBack: "takenBack"
        case .reminded: "reminded"
        case .escalated: "escalated"
        case .versionAdded: "versionAdded"
        case .versionTaken: "versionTaken"
        case .exchanged: "exchanged"
        case .moved: "moved"
        case .movedBack: "movedBack"
        case .doubled: "doubled"
        case .informed: "informed"
        case .acknowledged: "acknowledged"
        case .verified: "verified"
        case .failed: "failed"
        case .overrideRequested: "overrideRequested"
        case .overridden: "overridden"
        case .skipped: "skipped"
        case .becameOverdue: "becameOverdue"
        case .oldKeySeen: "oldKeySeen"
        case .stoppedAccepting: "stoppedAccepting"
        case .destroyed: "destroyed"
        case .probeBegan: "probeBegan"
        case .probed: "probed"
        case .canaryMoved: "canaryMoved"
        case .confirmed: "confirmed"
        case .usedBefore: "usedBefore"
        case .rolledBack: "rolledBack"
        case .compromised: "compromised"
        case .aborted: "aborted"
        case .completed: "completed"
        }
    }

    /// Its facts in words.
    package var detail: String {
        switch self {
        case .planned(let plan), .replanned(let plan):
            "\(plan.alias), \(plan.tracks.count) track(s), \(plan.steps.count) steps"
        case .started(let unguarded): unguarded ? "rehearsal with the guards switched off" : "guarded"
        case .opened(_, let deadline): deadline.map { "due by \($0.inWords)" } ?? ""
        case .claimed(_, let note, let outOfOrder):
            [note, outOfOrder ? "out of order (guards are off)" : nil].compactMap(\.self).joined(separator: "; ")
        case .agreed(_, let party, let window):
            "\(party): from \(window.start.inWords) to \(window.end.inWords)"
        case .windowProposed(_, let party, let proposal):
            "\(party): from \(proposal.window.start.inWords) to \(proposal.window.end.inWords), \(proposal.inWords)"
        case .windowCancelled(_, let party, let reason): "\(party): \(reason)"
        case .downtimeBegan(_, let moment), .downtimeEnded(_, let moment): "at \(moment.inWords)"
        case .downtimeOverran(_, let end): "it was to end at \(end.inWords)"
        case .reminded(_, let seconds, let id): "\(id), \(seconds) s before the deadline"
        case .escalated(_, let seconds, let id): "\(id), \(seconds) s after the deadline"
        case .versionAdded(_, let version, let generation), .versionTaken(_, let version, let generation):
            "\(version), generation \(generation)"
        case .exchanged(_, let old, let new, let generation):
            "\(old.alias): version \(old.number) to \(new.number), generation \(generation)"
        case .moved(_, let partner, let version, let generation):
            "\(partner) to \(version), generation \(generation)"
        case .movedBack(_, let partner, let reason, _, let generation),
            .takenBack(_, let partner, let reason, let generation):
            "\(partner): \(reason) (generation \(generation))"
        case .doubled(_, let partner, let version, let generation):
            "\(partner) also with \(version), generation \(generation)"
        case .informed(_, let id), .acknowledged(_, let id): id.rawValue
        case .verified(_, let evidence): evidence.explanation
        case .failed(_, let reason), .overrideRequested(_, let reason), .skipped(_, let reason), .aborted(let reason):
            reason
        case .overridden(_, let reason, let first): "asked for by \(first.name): \(reason)"
        case .becameOverdue, .completed, .approved: ""
        case .oldKeySeen(_, let moment): "at \(moment.inWords)"
        case .stoppedAccepting(_, let version, let generation):
            "\(version), generation \(generation)"
        case .destroyed(_, let version): version.description
        case .probeBegan(_, let probe): "\(probe.name): \(probe.version) with \(probe.partner) on \(probe.flow)"
        case .probed(_, let probe, let finding): "\(probe.name): \(finding.outcome.rawValue), \(finding.status)"
        case .canaryMoved(_, let canary): "\(canary.partner): \(canary.inWords), \(canary.reason)"
        case .confirmed(_, let evidence): "\(evidence.grade?.rawValue ?? "not proved"): \(evidence.explanation)"
        case .usedBefore(_, let uses):
            uses.map { "\($0.partner): \($0.succeeded) taken, \($0.failed) refused before the exchange" }
                .joined(separator: "; ")
        case .compromised(let version, let successor, let reason, let first, let generation):
            "\(version), \(successor.map { "version \($0.number) instead" } ?? "nothing instead"): \(reason)"
                + "\(first.map { "; said first by \($0)" } ?? "") (generation \(generation))"
        case .rolledBack(let reason, let generation): "\(reason) (generation \(generation))"
        }
    }
}
