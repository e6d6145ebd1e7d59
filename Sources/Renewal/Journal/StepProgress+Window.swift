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
        case .downtimeEnded(_, let moment): downtimeEndedAt = moment
        case .downtimeOverran: hasOverrun = true
        default: break
        }
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
