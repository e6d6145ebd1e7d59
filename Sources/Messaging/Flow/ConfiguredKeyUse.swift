package import Keystore

/// One place of a flow's configuration that names an alias: what where-used answers from.
package struct ConfiguredKeyUse: Hashable, Codable, Sendable {
    /// The alias that is named.
    package let alias: KeyAlias
    /// What the tenant does with it there.
    package let purpose: KeyPurpose
    /// The flow that names it.
    package let flow: FlowID
    /// The channel of the flow.
    package let side: ChannelSide
    /// The partner at the other end of the channel.
    package let partner: PartnerID

    package init(alias: KeyAlias, purpose: KeyPurpose, flow: FlowID, side: ChannelSide, partner: PartnerID) {
        self.alias = alias
        self.purpose = purpose
        self.flow = flow
        self.side = side
        self.partner = partner
    }
}
