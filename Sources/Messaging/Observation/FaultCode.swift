package import WSSecurity

/// What went wrong with an exchange, as metrics and the message log tell it apart: a closed list.
package enum FaultCode: Hashable, Sendable, CaseIterable {
    /// A fault of message security.
    case security(SecurityFault.Code)
    /// A media type, a size or a SOAP version that the flow does not take.
    case form
    /// The receiver answered with a fault.
    case receiver
    /// The receiver was not reached, or did not answer in time or in SOAP.
    case unreachable
    /// The flow was undeployed before the message left.
    case withdrawn
    /// The tenant itself failed, its store for instance.
    case tenant

    /// Every code.
    package static var allCases: [FaultCode] {
        SecurityFault.Code.allCases.map { .security($0) } + [.form, .receiver, .unreachable, .withdrawn, .tenant]
    }

    /// The code's name: OASIS' own for message security.
    package var name: String {
        switch self {
        case .security(let code): code.rawValue
        case .form: "UnacceptableForm"
        case .receiver: "ReceiverFault"
        case .unreachable: "ReceiverUnreachable"
        case .withdrawn: "FlowUndeployed"
        case .tenant: "TenantFailure"
        }
    }
}
