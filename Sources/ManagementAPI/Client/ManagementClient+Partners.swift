extension ManagementClient {
    /// All partners.
    package func partners() async throws(ManagementError) -> [PartnerResource] {
        try await get(["partners"])
    }

    /// Registers a partner or changes what is known of its system.
    package func putPartner(_ partner: PartnerResource) async throws(ManagementError) -> PartnerResource {
        try await put(["partners", partner.id], partner)
    }

    /// Everything that was learned of a partner's system, oldest first.
    package func capabilities(of partner: String) async throws(ManagementError) -> [CapabilityResource] {
        try await get(["partners", partner, "capabilities"])
    }

    /// Says what a partner's system can do.
    package func claimCapability(
        of partner: String,
        _ claim: ClaimCapability
    ) async throws(ManagementError) -> [CapabilityResource] {
        try await post(["partners", partner, "capabilities"], claim)
    }
}
