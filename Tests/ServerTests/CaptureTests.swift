import Foundation
import GRDB
import ManagementAPI
import TestSupport
import Testing

@Suite("Captures over the management API")
struct CaptureTests {
    @Test("Ordered, seen, read and stopped by the administrator, with audit entries; sealed in every file")
    func life() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let administrator = world.api(.administrator)
            let post = { (number: Int) in
                try await world.post(sender.request(number, now: world.clock.now), to: "/in/orders").status
            }
            #expect(try await post(71_001) == 200)
            #expect(try await administrator.captures().isEmpty)

            let order = CaptureFlow(seconds: 900, reason: "a partner's question")
            let begun = try await administrator.captureFlow("orders", order)
            #expect(abs(begun.until.timeIntervalSince(world.clock.now) - 900) < 0.01 && begun.exchangeLimit == 1000)
            #expect(try await post(71_002) == 200)
            let running = try #require(try await world.api(.developer).flows().first?.capture)
            #expect(running.exchanges == 1 && running.ending == nil)
            #expect(try await world.metrics().value("rekey_flow_captured", ["flow": "orders"]) == 1)

            let captures = try await administrator.captures(flow: "orders")
            #expect(captures.map(\.stage) == ["answerSent", "answerReceived", "requestSent", "requestReceived"])
            #expect(captures.allSatisfy { $0.content == nil })
            let received = try #require(captures.last)
            let read = try await administrator.capture(received.id)
            let content = try #require(read.content)
            #expect(String(decoding: content, as: UTF8.self).contains(">71002<") && content.count == received.octets)
            #expect(read.contentType == "text/xml; charset=utf-8")
            for suffix in ["", "-wal"] {
                let file = try Data(contentsOf: URL(filePath: world.storePath + suffix))
                #expect(file.firstRange(of: Data("71002</m:Order>".utf8)) == nil)
            }

            let stopped = try await administrator.stopCapture("orders", erase: true)
            #expect(stopped.ending == "stopped")
            #expect(try await post(71_003) == 200)
            #expect(try await administrator.captures().isEmpty)
            #expect(try await world.metrics().value("rekey_flow_captured", ["flow": "orders"]) == 0)
            let audit = try await administrator.audit()
            let actions = audit.map(\.action).filter { $0.contains("capture") }
            #expect(actions == ["flow.capture", "capture.read", "flow.capture.stop"])
            #expect(audit.first { $0.action == "flow.capture" }?.detail.contains("a partner's question") == true)
        }
    }

    @Test("When what is captured cannot be stored, the capture ends and says so, and no message fails")
    func failure() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let administrator = world.api(.administrator)
            _ = try await administrator.captureFlow("orders", CaptureFlow(seconds: 900))
            try await DatabaseQueue(path: world.storePath).write { try $0.execute(sql: "DROP TABLE captured_message") }
            #expect(try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders").status == 200)
            let stopped = try await administrator.stopCapture("orders")
            #expect(stopped.ending == "failure")
            #expect(try await world.post(sender.request(2, now: world.clock.now), to: "/in/orders").status == 200)
        }
    }

    @Test("Others than the tenant administrator neither order nor read, and an order has bounds")
    func refusals() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let order = CaptureFlow(seconds: 900)
            for person in [Person.developer, .senderAdministrator, .receiverAdministrator] {
                let api = world.api(person)
                let start = try await refusal { _ = try await api.captureFlow("orders", order) }
                let stop = try await refusal { _ = try await api.stopCapture("orders") }
                let read = try await refusal { _ = try await api.capture(1) }
                #expect([start.code, stop.code, read.code] == ["wrongRole", "wrongRole", "wrongRole"])
            }
            let partner = try await refusal { _ = try await world.api(.senderAdministrator).captures() }
            #expect(partner.code == "wrongRole")
            let administrator = world.api(.administrator)
            for wrong in [
                CaptureFlow(seconds: 4 * 3600 + 1), CaptureFlow(seconds: 0), CaptureFlow(seconds: 60, exchanges: 0),
                CaptureFlow(seconds: 60, exchanges: 1001),
            ] {
                #expect(try await refusal { _ = try await administrator.captureFlow("orders", wrong) }.status == 400)
            }
            #expect(try await refusal { _ = try await administrator.captureFlow("none", order) }.status == 404)
            #expect(try await refusal { _ = try await administrator.stopCapture("orders") }.status == 404)
            #expect(try await refusal { _ = try await administrator.capture(99) }.status == 404)
        }
    }
}
