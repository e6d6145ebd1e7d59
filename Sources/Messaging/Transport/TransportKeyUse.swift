package import Keystore

/// A place of the configuration that names an alias for TLS: what where-used answers from, beside the keys of messages.
package struct TransportKeyUse: Hashable, Sendable {
    /// What the key is for.
    package enum Purpose: String, Hashable, Sendable, CaseIterable {
        /// A listener shows its certificate.
        case tlsServer
        /// It is shown to a receiver that asks for a certificate.
        case tlsClient
        /// A receiver's certificate is held against it.
        case tlsTrust
        /// It lets a sender in.
        case tlsAuthorisation
    }

    /// The alias that is named.
    package let alias: KeyAlias
    /// What the key is for.
    package let purpose: Purpose
    /// The flow that names it; `nil` for a listener.
    package let flow: FlowID?
    /// The listener that names it, `messages` or `management`; `nil` for a flow.
    package let listener: String?
    /// The partner at the other end; `nil` for a listener.
    package let partner: PartnerID?

    /// Who must hold the private half of the key.
    var expectedOwner: KeyOwner {
        switch purpose {
        case .tlsServer, .tlsClient: .tenant
        case .tlsTrust, .tlsAuthorisation: partner.map { .partner($0) } ?? .tenant
        }
    }
}

extension IntegrationFlow {
    /// Every place of the flow that names an alias for TLS.
    package var transportUses: [TransportKeyUse] {
        let use = { (purpose: TransportKeyUse.Purpose, partner: PartnerID) in
            { (alias: KeyAlias) in
                TransportKeyUse(alias: alias, purpose: purpose, flow: id, listener: nil, partner: partner)
            }
        }
        return sender.authorisation.aliases.map(use(.tlsAuthorisation, sender.partner))
            + (receiver.tls?.trust ?? []).map(use(.tlsTrust, receiver.partner))
            + [receiver.tls?.certificate].compactMap(\.self).map(use(.tlsClient, receiver.partner))
    }
}

extension TenantRuntime {
    /// The places that name `alias` for TLS; takes the same time however many flows there are.
    package func transportUses(of alias: KeyAlias) -> [TransportKeyUse] {
        (listenerUses + table.entries(naming: alias).flatMap(\.flow.transportUses)).filter { $0.alias == alias }
    }

    private var listenerUses: [TransportKeyUse] {
        context.configuration.listenerKeys.sorted { $0.key < $1.key }
            .map { TransportKeyUse(alias: $0.value, purpose: .tlsServer, flow: nil, listener: $0.key, partner: nil) }
    }
}
