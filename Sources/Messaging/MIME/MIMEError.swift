/// Why a multipart message was not taken.
package enum MIMEError: Error, Hashable, Sendable {
    /// It is not put together as RFC 2046 section 5.1 and RFC 2387 say: what is wrong.
    case malformed(String)
    /// It passes a limit: which one.
    case limitExceeded(String)
    /// It is built in a way that is not supported: what, and what to do instead.
    case unsupported(String)
}

extension MIMEError: CustomStringConvertible {
    /// The cause, for the log; nothing of the message's content.
    package var description: String {
        switch self {
        case .malformed(let cause): "its multipart body is malformed: \(cause)"
        case .limitExceeded(let limit): "its multipart body passes a limit: \(limit)"
        case .unsupported(let what): "its multipart body is not supported: \(what)"
        }
    }

    /// The fault's reason: what a sender can mend.
    var outward: String {
        switch self {
        case .malformed: "The multipart message is malformed"
        case .limitExceeded: "The multipart message passes a limit"
        case .unsupported(let what): "Not supported: \(what)"
        }
    }
}
