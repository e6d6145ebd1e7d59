/// The eight cases of WS-Security key renewal; the raw value is the type name of `docs/procedures.md`.
///
/// Inbound and outbound are seen from the tenant: a sender starts the inbound exchange, the tenant the outbound one.
package enum UseCaseName: String, Hashable, Codable, Sendable, CaseIterable {
    case tenantSignsOutboundRequest = "TenantSignsOutboundRequest"
    case tenantSignsInboundResponse = "TenantSignsInboundResponse"
    case tenantEncryptsOutboundRequest = "TenantEncryptsOutboundRequest"
    case tenantEncryptsInboundResponse = "TenantEncryptsInboundResponse"
    case tenantDecryptsOutboundResponse = "TenantDecryptsOutboundResponse"
    case tenantDecryptsInboundRequest = "TenantDecryptsInboundRequest"
    case tenantVerifiesInboundRequest = "TenantVerifiesInboundRequest"
    case tenantVerifiesOutboundResponse = "TenantVerifiesOutboundResponse"

    /// The case that a use of a key belongs to.
    package init(purpose: KeyUsage.Purpose, side: KeyUsage.Side) {
        self =
            switch (purpose, side) {
            case (.sign, .outbound): .tenantSignsOutboundRequest
            case (.sign, .inbound): .tenantSignsInboundResponse
            case (.encrypt, .outbound): .tenantEncryptsOutboundRequest
            case (.encrypt, .inbound): .tenantEncryptsInboundResponse
            case (.decrypt, .outbound): .tenantDecryptsOutboundResponse
            case (.decrypt, .inbound): .tenantDecryptsInboundRequest
            case (.verify, .inbound): .tenantVerifiesInboundRequest
            case (.verify, .outbound): .tenantVerifiesOutboundResponse
            }
    }

    /// What the tenant does with the key in this case.
    package var purpose: KeyUsage.Purpose {
        switch self {
        case .tenantSignsOutboundRequest, .tenantSignsInboundResponse: .sign
        case .tenantEncryptsOutboundRequest, .tenantEncryptsInboundResponse: .encrypt
        case .tenantDecryptsOutboundResponse, .tenantDecryptsInboundRequest: .decrypt
        case .tenantVerifiesInboundRequest, .tenantVerifiesOutboundResponse: .verify
        }
    }

    /// Whose exchange it is.
    package var side: KeyUsage.Side {
        switch self {
        case .tenantSignsInboundResponse, .tenantEncryptsInboundResponse, .tenantDecryptsInboundRequest,
            .tenantVerifiesInboundRequest:
            .inbound
        case .tenantSignsOutboundRequest, .tenantEncryptsOutboundRequest, .tenantDecryptsOutboundResponse,
            .tenantVerifiesOutboundResponse:
            .outbound
        }
    }

    /// The role that administers the partner's system.
    package var partnerRole: Role { side == .inbound ? .senderAdministrator : .receiverAdministrator }
}

/// Which of a case's procedures a partner's system allows.
package enum Variant: String, Hashable, Codable, Sendable, CaseIterable {
    /// The partner's system handles the old and the new key at the same time.
    case dual
    /// One key at a time: an agreed downtime.
    case single
    /// One key at a time and no downtime: messages are protected with the old and the new key meanwhile. No document
    /// prescribes it; it is chosen in a plan.
    case double
    /// The case has one procedure, because the tenant itself accepts both keys.
    case only
}
