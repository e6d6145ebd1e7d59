import XML

/// When a token travels with the message (`sp:IncludeToken`, WS-SecurityPolicy 1.3 section 5.1.1).
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

extension TokenInclusion {
    /// Reads the attribute, which WS-SecurityPolicy qualifies; `Always` where it is missing.
    init(of assertion: PolicyAssertion, in document: XMLDocument) throws(SecurityPolicyError) {
        let namespace = assertion.name.namespace
        guard let uri = document.attribute("IncludeToken", in: namespace, of: assertion.node) else {
            self = .always
            return
        }
        let prefix = namespace + "/IncludeToken/"
        guard uri.hasPrefix(prefix), let inclusion = Self.named[String(uri.dropFirst(prefix.count))] else {
            throw .malformed("IncludeToken \"\(uri.prefix(128))\" is not known")
        }
        self = inclusion
    }

    /// A token that is sent once stands in the request: what is sent later is not known to follow it.
    private static let named: [String: TokenInclusion] = [
        "Never": .never, "Once": .alwaysToRecipient, "AlwaysToRecipient": .alwaysToRecipient,
        "AlwaysToInitiator": .alwaysToInitiator, "Always": .always,
    ]
}
