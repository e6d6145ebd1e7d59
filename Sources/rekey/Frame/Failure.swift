import ManagementAPI

/// Why a command ends without having done its work, and what would mend it.
struct Failure: Error, Sendable {
    /// What failed and why; never a secret.
    let message: String
    /// What to do; nil when the message says all.
    let hint: String?
    /// The program's exit code.
    let status: ExitStatus

    init(_ message: String, hint: String? = nil, status: ExitStatus = .refused) {
        self.message = message
        self.hint = hint
        self.status = status
    }

    init(_ error: ManagementError) {
        switch error {
        case .refused(let problem):
            self.init(problem.detail, hint: problem.remedy)
        case .unreachable(let server, let reason):
            self.init(
                "no answer from \(server): \(reason)",
                hint: "is `rekey serve` running there? Name its management listener with --server or REKEY_SERVER",
                status: .unreachable
            )
        case .notUnderstood:
            self.init(error.description, hint: "does --server name the management listener?", status: .unreachable)
        }
    }
}
