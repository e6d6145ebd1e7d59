import FoundationEssentials

extension StepProgress {
    /// What an entry about this step makes of it.
    mutating func apply(_ entry: JournalEntry) {
        switch entry.event {
        case .opened(_, let deadline): open(entry, until: deadline)
        case .claimed: claim(entry)
        case .agreed(_, let party, let window): agree(party, to: window)
        case .informed(_, let id):
            notification = id
            if state == .open { claim(entry) }
        case .acknowledged: isAcknowledged = true
        case .verified(_, let evidence): settle(.verified, entry, evidence)
        case .overrideRequested(_, let reason):
            overrideRequestedBy = entry.actor
            self.reason = reason
        case .overridden(_, let reason, let first): override(entry, reason: reason, first: first)
        case .failed(_, let reason):
            state = .failed
            self.reason = reason
        case .skipped(_, let reason):
            self.reason = reason
            settle(.skipped, entry, nil)
        case .becameOverdue: isOverdue = true
        case .movedBack(_, _, _, let failures, _):
            self = StepProgress()
            failuresBefore = failures
            open(entry, until: nil)
        case .oldKeySeen(_, let moment): oldKeySeenAt = moment
        // What was before is left out by its own counts from now on.
        case .usedBefore: failuresBefore = 0
        case .confirmed(_, let evidence): self.evidence = evidence
        case .windowProposed, .windowCancelled, .downtimeBegan, .downtimeEnded, .downtimeOverran, .takenBack:
            applyWindow(entry)
        case .reminded(_, let seconds, _): reminders.append(seconds)
        case .escalated(_, let seconds, _): escalations.append(seconds)
        case .versionAdded, .versionTaken, .exchanged, .moved, .doubled, .stoppedAccepting, .destroyed, .probeBegan,
            .probed,
            .canaryMoved, .planned, .replanned, .approved, .started, .compromised, .rolledBack, .aborted, .completed:
            break
        }
    }

    private mutating func open(_ entry: JournalEntry, until deadline: Date?) {
        state = .open
        openedAt = entry.at
        self.deadline = deadline
    }

    /// A window inside the one that was proposed is agreed to by all who agreed to that; another one begins anew.
    private mutating func agree(_ party: Party, to window: DowntimeWindow) {
        if self.window?.contains(window) != true { agreed = [] }
        if !agreed.contains(party) { agreed.append(party) }
        self.window = window
        windowSequence += 1
    }

    private mutating func claim(_ entry: JournalEntry) {
        state = .claimed
        claimedAt = entry.at
        claimedBy = entry.actor
    }

    private mutating func settle(_ state: StepState, _ entry: JournalEntry, _ evidence: Evidence?) {
        self.state = state
        self.evidence = evidence
        settledAt = entry.at
    }

    private mutating func override(_ entry: JournalEntry, reason: String, first: Actor) {
        self.reason = reason
        let persons = "\(first.name) and \(entry.actor.name)"
        settle(.overridden, entry, Evidence(grade: .asserted, explanation: "Accepted by \(persons): \(reason)"))
    }
}
