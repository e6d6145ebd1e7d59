import FoundationEssentials

extension StepProgress {
    /// What an entry about the downtime makes of the step that agrees it.
    mutating func applyWindow(_ entry: JournalEntry) {
        switch entry.event {
        case .windowProposed(_, let party, let proposal):
            reopen()
            (self.proposal, window, agreed) = (proposal, proposal.window, [party])
            windowSequence += 1
        case .windowCancelled(_, _, let reason):
            reopen()
            (proposal, window, agreed) = (nil, nil, [])
            self.reason = reason
            windowSequence += 1
        case .downtimeBegan(_, let moment): downtimeBeganAt = moment
        case .downtimeEnded(_, let moment): endDowntime(at: moment)
        case .downtimeOverran: hasOverrun = true
        case .takenBack: takeBack()
        default: break
        }
    }

    /// One that was taken back is over when traffic flows again; the next one has its own begin.
    private mutating func endDowntime(at moment: Date) {
        guard isTakenBack, let began = downtimeBeganAt else { return downtimeEndedAt = moment }
        takenBack.append(DowntimeWindow(start: began, end: moment))
        (isTakenBack, downtimeBeganAt) = (false, nil)
    }

    /// Nothing is agreed any more, and traffic stands still until the runtime shows that it flows.
    private mutating func takeBack() {
        let former = self
        beginAnew()
        (isTakenBack, downtimeBeganAt, takenBack) = (true, former.downtimeBeganAt, former.takenBack)
        windowSequence = former.windowSequence + 1
    }

    /// What was agreed is open again, and to be agreed anew.
    private mutating func reopen() {
        state = .open
        (claimedBy, claimedAt, settledAt, evidence, reason) = (nil, nil, nil, nil, nil)
    }
}

extension WindowProposal {
    /// What is to happen in it, in words.
    var inWords: String {
        let flows = conduct == .hold ? "flows hold messages" : "flows are undeployed"
        let end = rollsBack ? "; without the partner's confirmation the old key comes back at its end" : ""
        return flows + end + (note.map { ": \($0)" } ?? "")
    }
}
