import WSSecurity

/// How an exchange with a receiver ended.
enum ReceiverAnswer {
    /// It took a one-way message.
    case taken
    /// It answered, by the channel's response policy.
    case reply(OpenedMessage)
    /// It answered with a fault that satisfies the response policy.
    case fault(OpenedMessage, SOAPFault)
    /// It answered with a fault that nothing vouches for.
    case unprotectedFault(SOAPFault)
    /// Its answer does not satisfy the response policy.
    case unacceptable(SecurityFault)
    /// It was not reached, was not ready, or did not answer in time or in SOAP.
    case unreachable(reason: String, retryAfter: Int?)
    /// The message could not be protected: a matter of the tenant's own keys or configuration.
    case unprotectable(reason: String)
    /// The flow was undeployed before the message left.
    case withdrawn

    /// In words, for the log and for a message's row; never anything of the message's content.
    var reason: String {
        switch self {
        case .taken, .reply: "delivered"
        case .fault(_, let fault): "the receiver answered with a \(fault.summary)"
        case .unprotectedFault(let fault): "the receiver answered with an unprotected \(fault.summary)"
        case .unacceptable(let fault): "the receiver's answer was not accepted: \(fault.code.rawValue)"
        case .unreachable(let reason, _): reason
        case .unprotectable(let reason): "the message could not be protected: \(reason)"
        case .withdrawn: "the flow was undeployed"
        }
    }

    /// How the metrics count it; `nil` when it is a success, or was counted when its refusal was logged.
    var faultCode: FaultCode? {
        switch self {
        case .taken, .reply, .unacceptable: nil
        case .fault, .unprotectedFault: .receiver
        case .unreachable: .unreachable
        case .unprotectable: .security(.cannotProtect)
        case .withdrawn: .withdrawn
        }
    }

    /// What the ledger notes for the versions that protected the message.
    var keyUseOutcome: KeyUse.Outcome {
        switch self {
        case .taken, .reply, .unacceptable: .succeeded
        case .fault(_, let fault): fault.concernsKeys ? .failed : .succeeded
        case .unprotectedFault(let fault): fault.concernsKeys ? .failed : .unanswered
        case .unreachable, .unprotectable, .withdrawn: .unanswered
        }
    }
}

extension SOAPFault {
    /// Whether a peer says with it that it could not verify or decrypt; an expired message says nothing about keys.
    var concernsKeys: Bool { isSecurityFault && subcode?.name != "MessageExpired" }

    /// Code and subcode; the reason is the peer's text and may say anything.
    var summary: String {
        (isSecurityFault ? "security fault " : "fault ") + (subcode?.name ?? code.rawValue)
    }
}
