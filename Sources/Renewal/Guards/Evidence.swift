package import FoundationEssentials

/// How good a proof is: what somebody says is the least, what live traffic shows the most.
package enum ProofGrade: String, Hashable, Codable, Sendable, CaseIterable, Comparable {
    /// The role said so.
    case asserted
    /// The partner signed a statement.
    case attested
    /// The system tried it.
    case probed
    /// Live traffic, or the system's own state, shows it.
    case observed

    package static func < (left: ProofGrade, right: ProofGrade) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .asserted: 0
        case .attested: 1
        case .probed: 2
        case .observed: 3
        }
    }
}

/// What a guard found, as it is shown and journalled.
package struct Evidence: Hashable, Codable, Sendable {
    /// The grade that is reached; `nil` while there is no proof yet.
    package let grade: ProofGrade?
    /// What was looked at and found, in words and numbers.
    package let explanation: String
    /// The earliest moment at which the guard can be satisfied, where a clock decides.
    package let notBefore: Date?

    package init(grade: ProofGrade?, explanation: String, notBefore: Date? = nil) {
        self.grade = grade
        self.explanation = explanation
        self.notBefore = notBefore
    }
}
