import FoundationEssentials
import Keystore
import Messaging
import Renewal
import Testing

extension StoreConformance {
    static let standingCases: [Case] = [
        Case("Renewals are found by alias, partner, state and stopped flow, in the order planned, page by page") {
            suite in
            let store = try await suite.open().renewal
            let all = [
                try standing("a-1", .completed), try standing("b-1", .running, flows: ["orders"]),
                try standing("a-2", .running, partners: ["other", "receiver-one"]),
            ]
            for standing in all { try await begin(standing, in: store) }
            let again = try await suite.open().renewal
            let find = { (change: (inout RenewalQuery) throws -> Void) in
                var query = RenewalQuery()
                try change(&query)
                return try await again.read { [query] in try $0.renewals(query) }
            }
            #expect(try await find { _ in } == all)
            #expect(try await find { $0.alias = try KeyAlias("a") }.map(\.id.rawValue) == ["a-1", "a-2"])
            #expect(try await find { $0.partner = try PartnerID("other") } == [all[2]])
            #expect(try await find { $0.statuses = [.running] }.count == 2)
            #expect(try await find { $0.flowKeptUndeployed = "orders" } == [all[1]])
            #expect(try await find { ($0.alias, $0.statuses) = (try KeyAlias("a"), [.running]) } == [all[2]])
            #expect(try await find { ($0.after, $0.limit) = (all[0].id, 1) } == [all[1]])
        },
        Case("A renewal's standing is written over, and its stopped flows are forgotten") { suite in
            let store = try await suite.open().renewal
            try await begin(try standing("b-1", .running, flows: ["orders"]), in: store)
            let later = try standing("b-1", .draining)
            try await store.write { try $0.save(later) }
            #expect(try await store.read { try $0.renewals(.keepingUndeployed("orders")) }.isEmpty)
            #expect(try await store.read { try $0.renewals(RenewalQuery()) } == [later])
        },
        Case("Alerts are counted over all renewals, as they were last written") { suite in
            let store = try await suite.open().renewal
            try await begin(try standing("a-1", .running, alerts: [.overdueStep: 2, .lateOldKey: 1]), in: store)
            try await begin(try standing("b-1", .running, alerts: [.overdueStep: 1]), in: store)
            try await begin(try standing("c-1", .running), in: store)
            let again = try await suite.open().renewal
            #expect(try await again.read { try $0.alertCounts() } == [.overdueStep: 3, .lateOldKey: 1])
            #expect(try await again.read { try $0.renewals(.of(KeyAlias("b"))).map(\.alerts) } == [[.overdueStep: 1]])
            let ended = try standing("a-1", .completed)
            try await again.write { try $0.save(ended) }
            #expect(try await again.read { try $0.alertCounts() } == [.overdueStep: 1])
        },
        Case("Due are renewals whose moment has come, or lies behind a horizon; never those that are over") { suite in
            let store = try await suite.open().renewal
            try await begin(try standing("late-1", .running, look: -5), in: store)
            try await begin(try standing("early-1", .running, look: 50), in: store)
            try await begin(try standing("far-1", .running, look: 5_000), in: store)
            try await begin(try standing("over-1", .completed, look: nil), in: store)
            let due = try await store.read {
                try $0.dueRenewals(at: Samples.now, horizon: Samples.now.addingTimeInterval(3_600), limit: 9)
            }
            #expect(due.map(\.rawValue) == ["late-1", "far-1"])
        },
        Case("A use of its key makes a renewal due that watches traffic, and no other") { suite in
            let store = try await suite.open()
            try await store.keystore.write { try $0.insert(Samples.version()) }
            try await begin(try standing("orders-sign-1", .running, look: 50, watching: true), in: store.renewal)
            try await begin(try standing("orders-sign-2", .running, look: 50), in: store.renewal)
            for _ in 0..<2 {
                let tally = Tally(at: Samples.now)
                let counter = KeyUseCounter(account: try Samples.account(), tally: tally)
                try await store.messaging.write { try $0.add([counter]) }
                let due = try await store.renewal.read {
                    try $0.dueRenewals(at: Samples.now, horizon: .distantFuture, limit: 9)
                }
                #expect(due.map(\.rawValue) == ["orders-sign-1"])
                let seen = try standing("orders-sign-1", .running, look: 50, watching: true)
                try await store.renewal.write { try $0.save(seen) }
            }
        },
    ]

    private static func begin(_ standing: RenewalStanding, in store: any RenewalStore) async throws {
        try await store.write { transaction in
            try transaction.appendJournal(Samples.entry(1, of: standing.id.rawValue))
            try transaction.save(standing)
        }
    }

    private static func standing(
        _ id: String,
        _ status: RenewalStatus,
        partners: [String] = ["receiver-one"],
        flows: [String] = [],
        look: Double? = 0,
        watching: Bool = false,
        alerts: [RenewalAlert: Int] = [:]
    ) throws -> RenewalStanding {
        RenewalStanding(
            id: RenewalID(rawValue: id),
            alias: try KeyAlias(String(id.dropLast(2))),
            status: status,
            partners: try partners.map { try PartnerID($0) },
            flowsKeptUndeployed: flows,
            isWatchingTraffic: watching,
            nextLookAt: look.map { Samples.now.addingTimeInterval($0) },
            alerts: alerts
        )
    }
}
