import FoundationEssentials
import Messaging
import Testing

extension StoreConformance {
    static let captureCases: [Case] = [
        Case("An order to capture comes back as it was, over a restart, one of each flow") { suite in
            let first = try Samples.captureOrder()
            try await suite.open().messaging.write { try $0.save(first) }
            #expect(try await suite.open().messaging.read { try $0.captureOrders() } == [first])
            var ended = try Samples.captureOrder("others")
            (ended.exchangeCount, ended.endedAt, ended.ending) = (3, Samples.now + 5, .space)
            var second = first
            second.exchangeCount = 2
            try await suite.open().messaging
                .write { [ended, second] in
                    try $0.save(ended)
                    try $0.save(second)
                }
            #expect(try await suite.open().messaging.read { try $0.captureOrders() } == [second, ended])
        },
        Case("Captured messages are listed without content, read with it, and removed by age or by flow") { suite in
            let store = try await suite.open().messaging
            try await store.write { transaction in
                for second in 0..<4 {
                    try transaction.insert(Samples.captured("e\(second)", at: Double(second)))
                }
                try transaction.insert(Samples.captured("other", flow: "others", at: 9))
            }
            let list = { try await store.read { try $0.capturedMessages(of: nil, limit: 100) } }
            let orders = try await store.read { try $0.capturedMessages(of: Samples.flowID(), limit: 3) }
            #expect(orders.map(\.exchange) == ["e3", "e2", "e1"] && orders.allSatisfy(\.sealed.isEmpty))
            let id = try #require(orders.first).id
            let message = try #require(try await store.read { try $0.capturedMessage(id) })
            #expect(message.sealed == [1, 2, 3] && message.status == 200 && message.octetCount == 7)
            #expect(message.stage == .answerSent && message.at == Samples.now + 3)
            #expect(try await store.read { try $0.capturedMessage(id + 100) } == nil)
            #expect(try await store.read { try $0.capturedOctetCount() } == 15)
            await #expect(throws: (any Error).self) {
                try await store.write { try $0.insert(Samples.captured("e1", at: 20)) }
            }
            let forget = { (limit: Int) in
                try await store.write { try $0.forgetCapturedMessages(before: Samples.now + 3, limit: limit) }
            }
            #expect(try await forget(2) == 2)
            #expect(try await forget(2) == 1)
            try await store.write { try $0.eraseCapturedMessages(of: Samples.flowID("others")) }
            #expect(try await list().map(\.exchange) == ["e3"])
        },
    ]
}

extension Samples {
    static func captureOrder(_ flow: String = "orders") throws -> CaptureOrder {
        CaptureOrder(
            flow: try flowID(flow),
            startedAt: now,
            until: now + 900,
            exchangeLimit: 10,
            actor: "somebody"
        )
    }

    static func captured(_ exchange: String, flow: String = "orders", at seconds: Double) throws -> CapturedMessage {
        CapturedMessage(
            flow: try flowID(flow),
            exchange: exchange,
            stage: .answerSent,
            at: now + seconds,
            status: 200,
            octetCount: 7,
            sealed: [1, 2, 3]
        )
    }
}
