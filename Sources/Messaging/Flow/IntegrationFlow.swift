import Keystore

/// An integration flow: messages of one sender, by one path, to one receiver.
///
/// It is made only by reading its YAML document (``init(yaml:file:)``), so a value is always a flow that can be served;
/// it is encoded as that document, and two flows are equal when their documents are.
package struct IntegrationFlow: Sendable {
    /// Unique in the tenant.
    package let id: FlowID
    /// Whether the receiver's answer goes back.
    package let pattern: FlowPattern
    /// Where messages come from.
    package let sender: SenderChannel
    /// Where messages go to.
    package let receiver: ReceiverChannel
    /// How long and how often a one-way message is offered to the receiver.
    package let delivery: DeliveryTerms
    /// The YAML document that the flow was read from.
    package let yaml: String

    /// Every place of the flow that names an alias.
    package var uses: [ConfiguredKeyUse] { ownUses + issuerUses }

    /// Where the flow names keys that must be the tenant's or the channel's partner's.
    package var ownUses: [ConfiguredKeyUse] {
        uses(at: .sender, with: sender.partner, policy: sender.request, protection: sender.response)
            + uses(at: .receiver, with: receiver.partner, policy: receiver.response, protection: receiver.request)
    }

    /// The names of the users' credentials that the flow needs.
    package var credentials: [String] {
        [receiver.request, sender.response].compactMap(\.?.user?.credential) + sender.request.users
            + (receiver.response?.users ?? [])
    }

    /// The names of the SAML assertions that the flow needs.
    package var assertions: [String] {
        [receiver.request, sender.response]
            .compactMap { protection in
                if case .configured(let name) = protection?.assertion { name } else { nil }
            }
    }

    /// Where the flow names those who may issue SAML assertions, mostly a third party.
    private var issuerUses: [ConfiguredKeyUse] {
        let channels = [
            (ChannelSide.sender, sender.partner, sender.request.issuers),
            (.receiver, receiver.partner, receiver.response?.issuers ?? []),
        ]
        return channels.flatMap { side, partner, issuers in
            issuers.map { ConfiguredKeyUse(alias: $0, purpose: .verify, flow: id, side: side, partner: partner) }
        }
    }

    private func uses(
        at side: ChannelSide,
        with partner: PartnerID,
        policy: ChannelPolicy?,
        protection: ChannelProtection?
    ) -> [ConfiguredKeyUse] {
        let named: [(KeyPurpose, [KeyAlias])] = [
            (.verify, (policy?.verify ?? []) + (policy?.endorse ?? [])),
            (.decrypt, policy?.decrypt ?? []),
            (.sign, [protection?.sign].compactMap(\.self) + (protection?.endorse ?? [])),
            (.encrypt, [protection?.encrypt].compactMap(\.self)),
        ]
        return named.flatMap { purpose, aliases in
            aliases.map { ConfiguredKeyUse(alias: $0, purpose: purpose, flow: id, side: side, partner: partner) }
        }
    }
}

extension IntegrationFlow: Hashable {
    package static func == (left: IntegrationFlow, right: IntegrationFlow) -> Bool { left.yaml == right.yaml }

    package func hash(into hasher: inout Hasher) { hasher.combine(yaml) }
}

extension IntegrationFlow: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(yaml: decoder.singleValueContainer().decode(String.self))
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(yaml)
    }
}
