/// Why a request to the management API gave no value.
package enum ManagementError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The server refused; the problem says why and what to do instead.
    case refused(Problem)
    /// No answer: nobody listens there, the connection broke or the time was over.
    case unreachable(server: String, reason: String)
    /// An answer that is not the API's.
    case notUnderstood(status: Int, reason: String)

    package var description: String {
        switch self {
        case .refused(let problem): "\(problem.detail) (\(problem.code)); \(problem.remedy)"
        case .unreachable(let server, let reason): "no answer from \(server): \(reason)"
        case .notUnderstood(let status, let reason): "an answer with status \(status) that is not the API's: \(reason)"
        }
    }
}
