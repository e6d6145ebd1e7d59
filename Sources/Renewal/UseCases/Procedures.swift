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

    /// The procedure of a case in a variant; `nil` when the case has no such variant.
    package static func procedure(_ useCase: UseCaseName, _ variant: Variant) -> Procedure? {
        all.first { $0.useCase == useCase && $0.variant == variant }
    }
}
