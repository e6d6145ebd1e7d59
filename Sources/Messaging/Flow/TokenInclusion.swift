/// When the signer's certificate travels with the message (WS-SecurityPolicy 1.3 section 5.1.1).
package enum TokenInclusion: String, CaseIterable, Sendable {
    /// Never: the message only names it.
    case never
    /// With every message.
    case always
    /// With requests.
    case alwaysToRecipient
    /// With responses.
    case alwaysToInitiator

    /// Whether it travels with a request, or else with a response.
    package func includesToken(inRequest isRequest: Bool) -> Bool {
        switch self {
        case .never: false
        case .always: true
        case .alwaysToRecipient: isRequest
        case .alwaysToInitiator: !isRequest
        }
    }
}
