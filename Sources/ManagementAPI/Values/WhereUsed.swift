/// Where an alias is used: what the deployed flows say, and what the ledger has seen (`GET /keys/{alias}/where-used`).
package struct WhereUsed: Codable, Sendable, Hashable {
    /// The key's name.
    package var alias: String
    /// Each place of a flow's configuration that names the alias.
    package var configured: [ConfiguredUse]
    /// What messages were really protected or processed with.
    package var observed: [LedgerRow]

    /// The uses of `alias`.
    package init(alias: String, configured: [ConfiguredUse], observed: [LedgerRow]) {
        self.alias = alias
        self.configured = configured
        self.observed = observed
    }

    /// One place of a flow's configuration that names an alias.
    package struct ConfiguredUse: Codable, Sendable, Hashable {
        /// The integration flow.
        package var flow: String
        /// `sign`, `verify`, `encrypt` or `decrypt`.
        package var purpose: String
        /// `sender` or `receiver`: the channel.
        package var side: String
        /// The partner at the other end of the channel.
        package var partner: String
        /// The use case of the renewal procedures, such as `TenantSignsOutboundRequest`.
        package var useCase: String

        /// A use of an alias in a flow.
        package init(flow: String, purpose: String, side: String, partner: String, useCase: String) {
            self.flow = flow
            self.purpose = purpose
            self.side = side
            self.partner = partner
            self.useCase = useCase
        }
    }
}
