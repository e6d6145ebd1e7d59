package import FoundationEssentials

/// How far a step is.
package enum StepState: String, Hashable, Codable, Sendable, CaseIterable {
    /// Earlier steps, a clock or a proof are missing.
    case waiting
    /// Its role may act.
    case open
    /// The role said that it is done; the proof is missing.
    case claimed
    /// The proof was accepted.
    case verified
    /// It went wrong.
    case failed
    /// Accepted without its proof, with a reason, by two persons.
    case overridden
    /// There was nothing to do.
    case skipped

    /// Whether the step is over for good.
    package var isSettled: Bool {
        switch self {
        case .verified, .overridden, .skipped: true
        case .waiting, .open, .claimed, .failed: false
        }
    }
}

/// What the journal says about one step.
package struct StepProgress: Hashable, Sendable {
    /// How far it is.
    package internal(set) var state = StepState.waiting
    /// When it was opened.
    package internal(set) var openedAt: Date?
    /// When it will be (or was) overdue.
    package internal(set) var deadline: Date?
    /// Whether its deadline passed before it was settled.
    package internal(set) var isOverdue = false
    /// When a late message with the old key was last reported.
    package internal(set) var oldKeySeenAt: Date?
    /// Who claimed it.
    package internal(set) var claimedBy: Actor?
    /// When it was claimed or, by the system, begun.
    package internal(set) var claimedAt: Date?
    /// When it was settled.
    package internal(set) var settledAt: Date?
    /// The proof that was accepted.
    package internal(set) var evidence: Evidence?
    /// The notification that it wrote.
    package internal(set) var notification: RenewalNotification.ID?
    /// Whether the addressee acknowledged that.
    package internal(set) var isAcknowledged = false
    /// The downtime that was proposed last.
    package internal(set) var window: DowntimeWindow?
    /// Who agreed to that.
    package internal(set) var agreed: [Party] = []
    /// What was proposed last; `nil` when nothing was, or it was called off.
    package internal(set) var proposal: WindowProposal?
    /// How often the downtime was proposed, agreed to, changed or called off.
    package internal(set) var windowSequence = 0
    /// When traffic stood still; `nil` before.
    package internal(set) var downtimeBeganAt: Date?
    /// When it flowed again; `nil` before.
    package internal(set) var downtimeEndedAt: Date?
    /// Whether it was said that the downtime lasts longer than agreed.
    package internal(set) var hasOverrun = false
    /// The downtimes that were taken back: when traffic stood still, and when it flowed again.
    package internal(set) var takenBack: [DowntimeWindow] = []
    /// Whether the downtime was taken back, and traffic does not flow yet.
    package internal(set) var isTakenBack = false
    /// How often it was to be done anew, because the downtime that it belongs to was taken back.
    package internal(set) var repetition = 0
    /// The reminders that were sent: seconds before the deadline.
    package internal(set) var reminders: [Int] = []
    /// The escalations that were sent: seconds after the deadline.
    package internal(set) var escalations: [Int] = []
    /// Who asked to accept it without proof.
    package internal(set) var overrideRequestedBy: Actor?
    /// Messages with the new key that failed before the step was taken back; they do not count again.
    package internal(set) var failuresBefore = 0
    /// Why it failed, was skipped or is to be overridden.
    package internal(set) var reason: String?

    /// A step that nothing happened to.
    package init() {}

    /// Nothing of what happened counts any more: the step is to be done once more.
    mutating func beginAnew() {
        let former = repetition
        self = StepProgress()
        repetition = former + 1
    }
}
