import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport
import Testing

extension World {
    /// Messages go through the flow if the sender sends and the flow serves; uses are recorded as by the runtime.
    func traffic(_ count: Int = 5, outcome: KeyUse.Outcome = .succeeded) async throws {
        guard isSending, try await node.isDeployed(flow: "orders") else { return }
        let flow = try #require(FlowID(rawValue: "orders"))
        let (now, uses, partnerVersion, renewed) = (
            clock.now, try IntegrationFlow(yaml: Flows.orders(sharing: useCases)).uses, partnerVersion, alias
        )
        try await store.write { (transaction: any MessagingTransaction) in
            var counters: [KeyUseCounter] = []
            for use in uses {
                let isPartners = use.purpose == .verify || use.purpose == .decrypt
                let numbers =
                    isPartners
                    ? [use.alias == renewed ? partnerVersion : 1]
                    : try transaction.versions(of: use.alias).map(\.id)
                        .filter { try transaction.protects($0, for: use.partner) }
                        .map(\.number)
                for number in numbers {
                    let account = KeyUse.Account(
                        version: KeyVersionID(alias: use.alias, number: number),
                        purpose: use.purpose,
                        flow: flow,
                        partner: use.partner,
                        side: use.side,
                        outcome: outcome
                    )
                    let tally = Tally(count: count, firstAt: now, lastAt: now)
                    counters.append(KeyUseCounter(account: account, tally: tally))
                }
            }
            try transaction.add(counters)
            let arrived = FlowAccount(flow: flow, event: .arrived)
            try transaction.add([arrived: Tally(count: count, firstAt: now, lastAt: now)])
        }
    }

    /// Messages that trials protected with the new version.
    func trial(outcome: KeyUse.Outcome, _ count: Int) async throws {
        let account = KeyUse.Account(
            version: KeyVersionID(alias: alias, number: 2),
            purpose: .sign,
            flow: try #require(FlowID(rawValue: "orders")),
            partner: try PartnerID("receiver"),
            side: .receiver,
            outcome: outcome
        )
        let tally = Tally(count: count, firstAt: clock.now, lastAt: clock.now)
        try await store.write { (transaction: any MessagingTransaction) in
            try transaction.add([KeyUseCounter(account: account, tally: tally)])
        }
    }

    /// Writes (or removes) the row of a message under way that the version protects.
    func underWay(_ version: KeyVersionID, _ isThere: Bool) async throws {
        let flow = try #require(FlowID(rawValue: "orders"))
        let protection = OpenOperation.Protection(version: version, purpose: .sign)
        let operation = OpenOperation(flow: flow, side: .receiver, protection: protection)
        try await store.write { (transaction: any MessagingTransaction) in
            if isThere {
                try transaction.writeLease(OpenOperationLease(operation: operation, holder: "node", count: 1))
            } else {
                try transaction.removeLease(operation, holder: "node")
            }
        }
    }
}
