/// Why entries are not the journal of a renewal.
package enum JournalError: Error, Hashable, Sendable {
    /// The first entry is not a plan, or there is none.
    case noPlan(RenewalID)
    /// A number is missing, doubled or of another renewal.
    case outOfSequence(expected: Int, found: Int)
    /// A second plan.
    case plannedTwice
    /// A step that the plan does not have.
    case unknownStep(StepID)
}
