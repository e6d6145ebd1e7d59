extension Procedure {
    /// Every procedure that the planner knows.
    package static let all = [
        TenantSignsOutboundRequest.dual, TenantSignsOutboundRequest.single,
        TenantSignsInboundResponse.dual, TenantSignsInboundResponse.single,
        TenantEncryptsOutboundRequest.dual, TenantEncryptsOutboundRequest.single,
        TenantEncryptsInboundResponse.dual, TenantEncryptsInboundResponse.single,
        TenantDecryptsOutboundResponse.only, TenantDecryptsInboundRequest.only,
        TenantVerifiesInboundRequest.only, TenantVerifiesOutboundResponse.only,
    ]

    /// Procedures that no document prescribes, chosen in a plan alone.
    package static let additional = [
        DoubleProtection.signing(.tenantSignsOutboundRequest), DoubleProtection.signing(.tenantSignsInboundResponse),
        DoubleProtection.encrypting(.tenantEncryptsOutboundRequest),
        DoubleProtection.encrypting(.tenantEncryptsInboundResponse),
    ]

    /// The procedure of a case in a variant; `nil` when the case has no such variant.
    package static func procedure(_ useCase: UseCaseName, _ variant: Variant) -> Procedure? {
        (all + additional).first { $0.useCase == useCase && $0.variant == variant }
    }
}
