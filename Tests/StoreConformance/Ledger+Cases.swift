import FoundationEssentials
import Keystore
import Messaging
import Renewal
import Testing

extension StoreConformance {
    static let ledgerCases: [Case] = [
        Case("Counters add up exactly, by account") { suite in
            let store = try await suite.withVersion()
            let succeeded = try Samples.account()
            let failed = try Samples.account(outcome: .failed)
            let early = Tally(at: Samples.now)
            let late = Tally(at: Samples.now.addingTimeInterval(9))
            try await store.messaging.write { transaction in
                try transaction.add([KeyUseCounter(account: succeeded, tally: late)])
                try transaction.add([
                    KeyUseCounter(account: succeeded, tally: early), KeyUseCounter(account: failed, tally: late),
                ])
            }
            let rows = try await suite.open().messaging.read { try $0.keyUseCounters(of: succeeded.version.alias) }
            #expect(rows.count == 2)
            let sum = rows.first { $0.account == succeeded }
            #expect(sum?.tally == Tally(count: 2, firstAt: early.firstAt, lastAt: late.lastAt))
        },
        Case("A renewal reads the uses that the runtime wrote") { suite in
            let store = try await suite.withVersion()
            let account = try Samples.account()
            let other = try Samples.account(partner: "receiver-two", outcome: .failed)
            let idle = try Samples.account(partner: "receiver-two", outcome: .unanswered)
            try await store.messaging.write { transaction in
                try transaction.add(
                    [account, other, idle].map { KeyUseCounter(account: $0, tally: Tally(at: Samples.now)) }
                )
            }
            let all = try await store.renewal.read { try $0.keyUse(KeyUseQuery(version: account.version)) }
            let now = Samples.now
            let both = KeyUseTally(succeeded: 1, failed: 1, firstAt: now, lastAt: now, lastSucceededAt: now)
            #expect(all == both)
            let one = try await store.renewal.read { transaction in
                try transaction.keyUse(
                    KeyUseQuery(version: account.version, purpose: .sign, partner: account.partner, flow: "orders")
                )
            }
            #expect(one == KeyUseTally(succeeded: 1, firstAt: now, lastAt: now, lastSucceededAt: now))
            let idleAlone = try await store.renewal.read { transaction in
                try transaction.keyUse(KeyUseQuery(version: account.version, partner: idle.partner))
            }
            #expect(idleAlone == KeyUseTally(failed: 1, firstAt: now, lastAt: now))
            let none = try await store.renewal.read { transaction in
                try transaction.keyUse(KeyUseQuery(version: account.version, purpose: .decrypt))
            }
            #expect(none == KeyUseTally())
        },
        Case("A renewal sees the last arrival on a flow") { suite in
            let store = try await suite.open()
            let account = FlowAccount(flow: try Samples.flowID(), event: .arrived)
            let before = try await store.renewal.read { try $0.lastInboundArrival(on: "orders") }
            #expect(before == nil)
            try await store.messaging.write { try $0.add([account: Tally(at: Samples.now)]) }
            let after = try await store.renewal.read { try $0.lastInboundArrival(on: "orders") }
            #expect(after == Samples.now)
        },
    ]

    static let openOperationCases: [Case] = [
        Case("An operation that stands is seen by a renewal until its row is removed") { suite in
            let store = try await suite.withVersion()
            let version = KeyVersionID(alias: try Samples.alias(), number: 1)
            let operation = OpenOperation(
                flow: try Samples.flowID(),
                side: .receiver,
                protection: OpenOperation.Protection(version: version, purpose: .sign)
            )
            let exchange = OpenOperation(flow: operation.flow, side: .sender, protection: nil)
            try await store.messaging.write { transaction in
                try transaction.writeLease(OpenOperationLease(operation: operation, holder: "h", count: 0))
                try transaction.writeLease(OpenOperationLease(operation: exchange, holder: "h", count: 3))
            }
            let again = try await suite.open()
            let found = try await again.renewal.read { transaction in
                try (transaction.openOperations(with: version), transaction.openOperations(on: "orders"))
            }
            #expect(found == (1, 3))
            let leases = try await again.messaging.read { try $0.leases() }
            #expect(Set(leases.map(\.operation)) == [operation, exchange])
            try await again.messaging.write { try $0.removeLease(operation, holder: "h") }
            let after = try await again.renewal.read { try $0.openOperations(with: version) }
            #expect(after == 0)
        },
        Case("The rows of a process that is no more are removed, and no other's") { suite in
            let store = try await suite.open().messaging
            let operation = OpenOperation(flow: try Samples.flowID(), side: .sender, protection: nil)
            let left = try await store.write { transaction in
                for holder in ["one", "two"] {
                    try transaction.writeLease(OpenOperationLease(operation: operation, holder: holder, count: 1))
                }
                try transaction.removeLeases(holder: "one")
                return try transaction.leases().map(\.holder)
            }
            #expect(left == ["two"])
        },
    ]

    static let atomicityCases: [Case] = [
        Case("What is done through the three ports in one transaction is undone together") { suite in
            let store = try await suite.withVersion()
            let account = try Samples.account()
            let second = try Samples.version(2)
            struct Refusal: Error {}
            await #expect(throws: Refusal.self) {
                try await store.renewal.write { transaction in
                    try transaction.appendJournal(Samples.entry(1))
                    try transaction.insertNotification(Samples.notification("a"))
                    try transaction.insert(second)
                    _ = try transaction.bumpGeneration()
                    let messaging = try #require(transaction as? any MessagingTransaction)
                    try messaging.add([KeyUseCounter(account: account, tally: Tally(at: Samples.now))])
                    throw Refusal()
                }
            }
            let left = try await suite.open().renewal
                .read { transaction in
                    try (
                        transaction.renewals().count, transaction.allVersions().count, transaction.generation(),
                        transaction.keyUse(KeyUseQuery(version: account.version)).succeeded
                    )
                }
            #expect(left == (0, 1, 0, 0))
        },
        Case("What is done through the three ports in one transaction is there together") { suite in
            let store = try await suite.withVersion()
            let flow = try Samples.flow()
            let second = try Samples.version(2)
            try await store.renewal.write { transaction in
                try transaction.appendJournal(Samples.entry(1))
                try transaction.insert(second)
                let messaging = try #require(transaction as? any MessagingTransaction)
                try messaging.save(FlowRecord(flow: flow, status: .deployed))
            }
            let again = try await suite.open()
            let found = try await again.renewal.read { transaction in
                try (transaction.renewals().count, transaction.allVersions().count, transaction.isDeployed("orders"))
            }
            #expect(found == (1, 2, true))
        },
    ]

    /// A store with version 1 of `orders-sign`.
    func withVersion() async throws -> Store {
        let store = try await open()
        let version = try Samples.version(state: .active)
        try await store.keystore.write { try $0.insert(version) }
        return store
    }
}
