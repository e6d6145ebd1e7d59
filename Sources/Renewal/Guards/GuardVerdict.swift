import FoundationEssentials

/// What a guard decided, with what it found.
package struct GuardVerdict: Hashable, Sendable {
    /// Whether the step may go on.
    package enum Decision: Hashable, Sendable {
        case satisfied
        /// Something is missing that time, traffic or a role can bring.
        case unsatisfied
        /// It went wrong and will not come right by itself.
        case failed
    }

    /// The decision.
    package let decision: Decision
    /// What was found.
    package let evidence: Evidence
    /// What would mend it; empty when satisfied.
    package let remedy: String

    /// Whether the step may go on.
    package var isSatisfied: Bool { decision == .satisfied }

    static func satisfied(_ grade: ProofGrade, _ explanation: String) -> GuardVerdict {
        GuardVerdict(decision: .satisfied, evidence: Evidence(grade: grade, explanation: explanation), remedy: "")
    }

    static func missing(_ explanation: String, remedy: String, notBefore: Date? = nil) -> GuardVerdict {
        let evidence = Evidence(grade: nil, explanation: explanation, notBefore: notBefore)
        return GuardVerdict(decision: .unsatisfied, evidence: evidence, remedy: remedy)
    }

    static func early(_ explanation: String, until moment: Date) -> GuardVerdict {
        missing(
            "\(explanation); not before \(moment.inWords).",
            remedy: "Wait until \(moment.inWords).",
            notBefore: moment
        )
    }

    static func failed(_ explanation: String, remedy: String) -> GuardVerdict {
        GuardVerdict(decision: .failed, evidence: Evidence(grade: nil, explanation: explanation), remedy: remedy)
    }
}
