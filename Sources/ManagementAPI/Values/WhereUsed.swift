/// Where an alias is used: what the deployed flows say, and what the ledger has seen (`GET /keys/{alias}/where-used`).
package struct WhereUsed: Codable, Sendable, Hashable {
    /// The key's name.
    package var alias: String
    /// Each place of a flow's configuration that names the alias.
    package var configured: [ConfiguredUse]
    /// Each place of flows and listeners that names the alias for TLS.
    package var transport: [TransportUse]
    /// What messages were really protected or processed with.
    package var observed: [LedgerRow]

    /// The uses of `alias`.
    package init(alias: String, configured: [ConfiguredUse], transport: [TransportUse], observed: [LedgerRow]) {
        self.alias = alias
        self.configured = configured
        self.transport = transport
        self.observed = observed
    }

    /// One place of a flow or a listener that names an alias for TLS.
    package struct TransportUse: Codable, Sendable, Hashable {
        /// `tlsServer`, `tlsClient`, `tlsTrust` or `tlsAuthorisation`.
        package var purpose: String
        /// The integration flow; nil for a listener.
        package var flow: String?
        /// The listener, `messages` or `management`; nil for a flow.
        package var listener: String?
        /// The partner at the other end; nil for a listener.
        package var partner: String?

        /// A use of an alias for TLS.
        package init(purpose: String, flow: String?, listener: String?, partner: String?) {
            self.purpose = purpose
            self.flow = flow
            self.listener = listener
            self.partner = partner
        }
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
