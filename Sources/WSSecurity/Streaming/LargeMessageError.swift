/// Why a message that is read from a file was not processed or protected.
public enum LargeMessageError: Error, Sendable {
    /// The message was refused, for the reasons for which it would be in memory, or because a stream cannot serve it.
    case refused(SecurityFault)
    /// A file could not be used: what was tried, and the system's reason.
    case file(operation: String, reason: String)
}

extension LargeMessageError: CustomStringConvertible {
    /// The cause, for logs.
    public var description: String {
        switch self {
        case .refused(let fault): fault.description
        case .file(let operation, let reason): "\(operation) failed: \(reason)"
        }
    }
}
