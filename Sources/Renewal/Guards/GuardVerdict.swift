import FoundationEssentials

/// What a guard decided, with what it found.
package struct GuardVerdict: Hashable, Sendable {
    /// Whether the step may go on; what would mend it where it may not.
    package enum Decision: Hashable, Sendable {
        case satisfied
        /// Something is missing that time, traffic or a role can bring.
        case unsatisfied(remedy: String)
        /// It went wrong and will not come right by itself.
        case failed(remedy: String)
    }

    /// The decision.
    package let decision: Decision
    /// What was found.
    package let evidence: Evidence

    /// Whether the step may go on.
    package var isSatisfied: Bool { decision == .satisfied }

    /// Why the step may not go on, which is what a refusal is made of; `nil` when it may.
    package var shortfall: Shortfall? {
        switch decision {
        case .satisfied: nil
        case .unsatisfied(let remedy), .failed(let remedy): Shortfall(evidence: evidence, remedy: remedy)
        }
    }

    static func satisfied(_ grade: ProofGrade, _ explanation: String) -> GuardVerdict {
        GuardVerdict(decision: .satisfied, evidence: Evidence(grade: grade, explanation: explanation))
    }

    static func missing(_ explanation: String, remedy: String, notBefore: Date? = nil) -> GuardVerdict {
        let evidence = Evidence(grade: nil, explanation: explanation, notBefore: notBefore)
        return GuardVerdict(decision: .unsatisfied(remedy: remedy), evidence: evidence)
    }

    static func early(_ explanation: String, until moment: Date) -> GuardVerdict {
        missing(
            "\(explanation); not before \(moment.inWords).",
            remedy: "Wait until \(moment.inWords).",
            notBefore: moment
        )
    }

    static func failed(_ explanation: String, remedy: String) -> GuardVerdict {
        GuardVerdict(decision: .failed(remedy: remedy), evidence: Evidence(grade: nil, explanation: explanation))
    }
}

/// What a guard found missing.
package struct Shortfall: Hashable, Sendable {
    /// What was found.
    package let evidence: Evidence
    /// What would mend it.
    package let remedy: String

    fileprivate init(evidence: Evidence, remedy: String) {
        self.evidence = evidence
        self.remedy = remedy
    }
}
