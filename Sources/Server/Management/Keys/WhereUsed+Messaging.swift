import Keystore
import ManagementAPI
import Messaging
import Renewal

extension WhereUsed.ConfiguredUse {
    init(_ use: ConfiguredKeyUse) {
        self.init(
            flow: use.flow.rawValue,
            purpose: use.purpose.rawValue,
            side: use.side.rawValue,
            partner: use.partner.rawValue,
            useCase: KeyUsage(use).useCase.rawValue
        )
    }
}

extension WhereUsed.TransportUse {
    init(_ use: TransportKeyUse) {
        self.init(
            purpose: use.purpose.rawValue,
            flow: use.flow?.rawValue,
            listener: use.listener,
            partner: use.partner?.rawValue
        )
    }
}

extension KeyUsage {
    /// A place of a flow's configuration as the planner sees it: the sender channel is the inbound exchange.
    init(_ use: ConfiguredKeyUse) {
        let purpose: Purpose =
            switch use.purpose {
            case .sign: .sign
            case .verify: .verify
            case .encrypt: .encrypt
            case .decrypt: .decrypt
            }
        let side: Side =
            switch use.side {
            case .sender: .inbound
            case .receiver: .outbound
            }
        self.init(alias: use.alias, purpose: purpose, flow: use.flow.rawValue, side: side, partner: use.partner)
    }
}

extension LedgerRow {
    init(_ counter: KeyUseCounter) {
        self.init(
            alias: counter.account.version.alias.rawValue,
            version: counter.account.version.number,
            purpose: counter.account.purpose.rawValue,
            flow: counter.account.flow.rawValue,
            partner: counter.account.partner.rawValue,
            outcome: counter.account.outcome.rawValue,
            count: counter.tally.count,
            firstAt: counter.tally.firstAt,
            lastAt: counter.tally.lastAt
        )
    }
}
