/// One thing that is wrong with a message, or worth knowing.
package struct DiagnosisFinding: Codable, Hashable, Sendable {
    /// The OASIS fault code that a receiver answers for it; `nil` when it is no reason to refuse the message.
    package let code: SecurityFault.Code?
    /// What is wrong.
    package let text: String
    /// What shows it: reproduced digests, differences, moments.
    package let evidence: [String]
    /// What would mend it; `nil` when the text says all.
    package let remedy: String?

    init(_ code: SecurityFault.Code?, _ text: String, evidence: [String] = [], remedy: String? = nil) {
        self.code = code
        self.text = text
        self.evidence = evidence
        self.remedy = remedy
    }
}
