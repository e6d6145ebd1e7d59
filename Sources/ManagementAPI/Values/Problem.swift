/// A refusal as the management API answers it: problem details of RFC 9457 with two extension members.
package struct Problem: Error, Codable, Sendable, Hashable {
    /// Names the kind of problem: `urn:rekey:problem:` and the code.
    package var type: String
    /// A short summary of the kind of problem.
    package var title: String
    /// The HTTP status that carries the problem.
    package var status: Int
    /// What was refused, and why, in this case.
    package var detail: String
    /// The stable word that programs decide on, such as `stepNotOpen`.
    package var code: String
    /// What to do instead.
    package var remedy: String

    /// Problem details; `type` follows from `code`.
    package init(code: String, title: String, status: Int, detail: String, remedy: String) {
        type = "urn:rekey:problem:" + code
        self.title = title
        self.status = status
        self.detail = detail
        self.code = code
        self.remedy = remedy
    }
}
