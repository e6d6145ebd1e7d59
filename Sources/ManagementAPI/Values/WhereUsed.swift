package import Foundation

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
    /// Configuration and ledger together, with what disagrees; nil from a tenant that does not join them.
    package var places: [Place]?

    /// The uses of `alias`.
    package init(alias: String, configured: [ConfiguredUse], transport: [TransportUse], observed: [LedgerRow]) {
        self.alias = alias
        self.configured = configured
        self.transport = transport
        self.observed = observed
    }

    /// One use of the alias for messages: what the configuration says of it and what the ledger saw.
    package struct Place: Codable, Sendable, Hashable {
        /// The integration flow.
        package var flow: String
        /// `sign`, `verify`, `encrypt` or `decrypt`.
        package var purpose: String
        /// `sender` or `receiver`: the channel.
        package var side: String
        /// The partner at the other end of the channel.
        package var partner: String
        /// The use case of the renewal procedures.
        package var useCase: String
        /// Whether a flow's configuration names the alias here.
        package var isConfigured: Bool
        /// `deployed`, `held` or `undeployed`; nil when the tenant has no such flow any more.
        package var flowStatus: String?
        /// The versions that messages used here, by number.
        package var versions: [Int]
        /// The uses that did what they should.
        package var succeeded: Int
        /// The uses that failed in a way that concerns the key.
        package var failed: Int
        /// The last use of any outcome; nil when there was none.
        package var lastAt: Date?
        /// Where configuration and ledger disagree: `neverSeen` or `noLongerConfigured`; nil where they agree.
        package var disagreement: String?

        /// A use as far as it is known.
        package init(
            flow: String,
            purpose: String,
            side: String,
            partner: String,
            useCase: String,
            isConfigured: Bool,
            flowStatus: String?
        ) {
            self.flow = flow
            self.purpose = purpose
            self.side = side
            self.partner = partner
            self.useCase = useCase
            self.isConfigured = isConfigured
            self.flowStatus = flowStatus
            versions = []
            succeeded = 0
            failed = 0
        }
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
