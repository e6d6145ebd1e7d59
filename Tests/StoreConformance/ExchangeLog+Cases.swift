import FoundationEssentials
import Keystore
import Messaging
import Testing

extension StoreConformance {
    static let exchangeLogCases: [Case] = [
        Case("A record of the message log comes back as it was, over a restart") { suite in
            let records = try [Samples.exchange("one"), Samples.exchange("two", keys: [1, 2], fault: "FailedCheck")]
            try await suite.open().messaging.write { try $0.log(records) }
            let found = try await suite.open().messaging.read { try $0.exchanges(matching: ExchangeQuery()) }
            #expect(found.map(\.record) == records.reversed())
            #expect(found.map(\.sequence) == found.map(\.sequence).sorted(by: >))
        },
        Case("The message log is searched by flow, status, id, moment and key version, page by page") { suite in
            let store = try await suite.open().messaging
            try await store.write { transaction in
                try transaction.log([
                    Samples.exchange("one", keys: [1]), Samples.exchange("two", keys: [1, 2]),
                    Samples.exchange("three", flow: "others", keys: [2], fault: "FailedCheck", at: 10),
                ])
                try transaction.log([Samples.exchange("four", keys: [1, 2], at: 20)])
            }
            let find = { (change: @Sendable (inout ExchangeQuery) throws -> Void) in
                var query = ExchangeQuery()
                try change(&query)
                return try await store.read { [query] in try $0.exchanges(matching: query) }.map(\.record.id)
            }
            #expect(try await find { $0.flow = try Samples.flowID("others") } == ["three"])
            #expect(try await find { $0.status = .refused } == ["three"])
            #expect(try await find { $0.id = "two" } == ["two"])
            #expect(try await find { $0.id = "urn:two" } == ["two"])
            #expect(try await find { $0.id = Samples.trace } == ["four", "three", "two", "one"])
            #expect(try await find { $0.since = Samples.now + 10 } == ["four", "three"])
            #expect(try await find { $0.until = Samples.now + 10 } == ["two", "one"])
            #expect(try await find { $0.alias = try Samples.alias() } == ["four", "three", "two", "one"])
            #expect(try await find { ($0.alias, $0.version) = (try Samples.alias(), 2) } == ["four", "three", "two"])
            #expect(try await find { ($0.alias, $0.version) = (try Samples.alias(), 3) } == [])
            let page = try await store.read { try $0.exchanges(matching: ExchangeQuery(limit: 3)) }
            #expect(page.count == 3)
            #expect(try await find { $0.before = page.last?.sequence } == ["one"])
        },
        Case("Of the message log the old and the many are removed, a few at a time") { suite in
            let store = try await suite.open().messaging
            try await store.write { transaction in
                try transaction.log((0..<10).map { try Samples.exchange("e\($0)", keys: [1], at: Double($0)) })
            }
            let prune = { (age: Double, rows: Int, limit: Int) in
                try await store.write { transaction in
                    try transaction.pruneLog(startedBefore: Samples.now + age, rowLimit: rows, limit: limit)
                }
            }
            #expect(try await prune(3, 100, 2) == 2)
            #expect(try await prune(3, 100, 2) == 1)
            #expect(try await prune(0, 4, 100) == 3)
            let left = try await store.read { try $0.exchanges(matching: ExchangeQuery()) }.map(\.record.id)
            #expect(left == ["e9", "e8", "e7", "e6"])
        },
        Case("The store shows that it takes writes, and what a flow has stored") { suite in
            let store = try await suite.open().messaging
            for _ in 0..<2 { try await store.write { try $0.writeHeartbeat(at: Samples.now) } }
            try await store.write { try $0.save(FlowRecord(flow: Samples.flow(), status: .deployed)) }
            _ = try await store.write { try $0.insert(Samples.message("one")) }
            _ = try await store.write { try $0.insert(Samples.message("two")) }
            let figures = try await store.read { try $0.storedFigures(of: Samples.flowID(), in: .waiting) }
            #expect(figures == RuntimeFigures.Stored(count: 2, oldestAt: Samples.now))
            let none = try await store.read { try $0.storedFigures(of: Samples.flowID(), in: .failed) }
            #expect(none == RuntimeFigures.Stored(count: 0, oldestAt: nil))
        },
    ]
}

extension Samples {
    static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"

    static func exchange(
        _ id: String,
        flow: String = "orders",
        keys: [Int] = [],
        fault: String? = nil,
        at seconds: Double = 0
    ) throws -> ExchangeRecord {
        ExchangeRecord(
            id: id,
            messageID: "urn:\(id)",
            flow: try flowID(flow),
            direction: .inbound,
            status: fault == nil ? .completed : .refused,
            startedAt: now + seconds,
            duration: .microseconds(1234),
            keys: try keys.map { number in
                ExchangeRecord.Key(
                    version: KeyVersionID(alias: try alias(), number: number),
                    purpose: .verify,
                    side: .sender,
                    outcome: fault == nil ? .succeeded : .failed
                )
            },
            fault: fault,
            reason: fault,
            traceID: trace
        )
    }
}
