import Keystore
import ManagementAPI
import Messaging
import Renewal

extension WhereUsed.Place {
    /// Joins what the flows say with what the ledger counted: each flow, channel, purpose and partner once.
    static func joining(
        _ configured: [ConfiguredKeyUse],
        _ counters: [KeyUseCounter],
        status: (FlowID) -> FlowStatus?
    ) -> [Self] {
        var places: [ConfiguredKeyUse: Self] = [:]
        for use in configured { places[use] = Self(use, isConfigured: true, status(use.flow)) }
        for counter in counters {
            let use = ConfiguredKeyUse(counter.account)
            places[use, default: Self(use, isConfigured: false, status(use.flow))].add(counter)
        }
        return places.values.map { $0.judged }
            .sorted { ($0.flow, $0.side, $0.purpose, $0.partner) < ($1.flow, $1.side, $1.purpose, $1.partner) }
    }

    private init(_ use: ConfiguredKeyUse, isConfigured: Bool, _ status: FlowStatus?) {
        self.init(
            flow: use.flow.rawValue,
            purpose: use.purpose.rawValue,
            side: use.side.rawValue,
            partner: use.partner.rawValue,
            useCase: KeyUsage(use).useCase.rawValue,
            isConfigured: isConfigured,
            flowStatus: status?.rawValue
        )
    }

    private mutating func add(_ counter: KeyUseCounter) {
        versions = Set(versions + [counter.account.version.number]).sorted()
        switch counter.account.outcome {
        case .succeeded: succeeded += counter.tally.count
        case .failed: failed += counter.tally.count
        case .unanswered: break
        }
        lastAt = max(lastAt ?? counter.tally.lastAt, counter.tally.lastAt)
    }

    private var judged: Self {
        var place = self
        if !isConfigured {
            place.disagreement = "noLongerConfigured"
        } else if lastAt == nil {
            place.disagreement = "neverSeen"
        }
        return place
    }
}

extension ConfiguredKeyUse {
    /// The place at which the ledger counted a use.
    fileprivate init(_ account: KeyUse.Account) {
        self.init(
            alias: account.version.alias,
            purpose: account.purpose,
            flow: account.flow,
            side: account.side,
            partner: account.partner
        )
    }
}
