import AsyncHTTPClient
import Foundation
import ManagementAPI
import Messaging
import NIOCore
import NIOHTTP1
import TestSupport
import Testing

@testable import Server

@Suite("Metrics")
struct MetricsTests {
    @Test("Messages, faults, keys, queues and times are counted under their names")
    func counting() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let stranger = try SigningSender(now: world.clock.now)
            for number in 0..<3 {
                #expect(
                    try await world.post(sender.request(number, now: world.clock.now), to: "/in/orders").status == 200
                )
            }
            #expect(try await world.post(stranger.request(4, now: world.clock.now), to: "/in/orders").status == 500)
            let metrics = try await world.metrics()

            let flow = ["flow": "orders"]
            #expect(metrics.value("rekey_messages_total", ["flow": "orders", "event": "arrived"]) == 4)
            #expect(metrics.value("rekey_messages_total", ["flow": "orders", "event": "accepted"]) == 3)
            #expect(metrics.value("rekey_messages_total", ["flow": "orders", "event": "refused"]) == 1)
            let verified = ["alias": "sender-sign", "version": "1", "operation": "verify", "result": "succeeded"]
            #expect(metrics.value("rekey_key_operations_total", verified.merging(flow) { $1 }) == 3)
            let signed = ["alias": "reply-sign", "operation": "sign", "side": "sender", "partner": "sender"]
            #expect(metrics.value("rekey_key_operations_total", signed) == 3)
            let last = try #require(metrics.value("rekey_key_last_used_timestamp_seconds", ["alias": "sender-sign"]))
            #expect(abs(last - world.clock.now.timeIntervalSince1970) < 1)
            let end = try #require(
                metrics.value("rekey_key_not_after_timestamp_seconds", ["alias": "reply-sign", "state": "active"])
            )
            #expect(end > world.clock.now.timeIntervalSince1970 + 3600 * 86_400)
            #expect(metrics.families["rekey_faults_total"]?.samples.map(\.value) == [1])
            #expect(metrics.value("rekey_exchange_duration_seconds_count", flow) == 4)
            #expect(metrics.value("rekey_receiver_duration_seconds_count", flow) == 3)
            #expect(metrics.value("rekey_security_duration_seconds_count", flow) == 4)
            #expect(metrics.value("rekey_flow_status", ["status": "deployed"]) == 1)
            #expect(metrics.value("rekey_exchanges_in_flight", flow) == 0)
            #expect(metrics.value("rekey_metrics_dropped_series") == 0)
            let start = try #require(metrics.value("process_start_time_seconds"))
            #expect(start < Date().timeIntervalSince1970 && start > Date().timeIntervalSince1970 - 86_400)
        }
    }

    @Test("What is stored is counted by state, with the age of the oldest, and a repetition as a duplicate")
    func queues() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate, oneWay: true)
            _ = try await world.api(.developer).holdFlow("orders")
            #expect(try await world.metrics().value("rekey_queue_oldest_age_seconds") == 0)
            #expect(try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders").status == 202)
            world.clock.set(to: world.clock.now + 30)
            #expect(try await world.post(sender.request(2, now: world.clock.now), to: "/in/orders").status == 202)
            let metrics = try await world.metrics()
            #expect(metrics.value("rekey_queue_messages", ["flow": "orders", "state": "held"]) == 2)
            #expect(metrics.value("rekey_queue_messages", ["flow": "orders", "state": "waiting"]) == 0)
            let age = try #require(metrics.value("rekey_queue_oldest_age_seconds", ["flow": "orders"]))
            #expect(abs(age - 30) < 0.001)
            #expect(metrics.value("rekey_flow_status", ["status": "held"]) == 1)
        }
    }

    @Test("Every metric is documented with its type and labels, and none other is")
    func documentation() async throws {
        let documented = try Self.documented()
        let known = MetricFamily.all.map { "\($0.name) \($0.kind.rawValue) \($0.labels.joined(separator: ", "))" }
        #expect(documented.sorted() == known.sorted())
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            #expect(try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders").status == 200)
            #expect(try await world.post([1], to: "/in/orders").status == 500)
            let page = try await world.metrics()
            // No listener has TLS here; the tests of TLS see that one.
            let all = MetricFamily.all.filter { $0 != .tlsHandshakes }
            #expect(Set(page.families.keys) == Set(all.map(\.name)))
            for family in all {
                let shown = try #require(page.families[family.name])
                #expect(shown.type == family.kind.rawValue && shown.help == family.help)
                #expect(shown.labels == Set(family.labels), "\(family.name)")
                #expect(family.name.hasSuffix("_total") == (family.kind == .counter))
                #expect(family.kind != .histogram || family.name.hasSuffix("_seconds"))
            }
        }
    }

    @Test("Nothing that a message brings becomes a label, and no metric has more series than its limit")
    func cardinality() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            for path in ["/in/orders", "/in/nothing\"} 1", "/in/other"] {
                _ = try? await world.post(Array("<urn:uuid:hostile-name/>".utf8), to: path)
            }
            let values = try await world.metrics().families.values.flatMap(\.samples).flatMap(\.labels.values)
            #expect(!values.contains { $0.contains("hostile") || $0.contains("/in/") || $0.contains("\"") })
        }
        var page = MetricsPage()
        for number in 0...MetricsPage.seriesLimit { page.add(.inFlight, ["flow-\(number)"], 1) }
        #expect(page.droppedCount == 1)
        #expect(
            try MetricsText(page.text).families["rekey_exchanges_in_flight"]?.samples.count == MetricsPage.seriesLimit
        )
    }

    @Test("A label's value is escaped as the format demands")
    func escaping() throws {
        var page = MetricsPage()
        page.add(.inFlight, ["a\"b\\c\nd"], 1.5)
        #expect(page.text.contains(#"rekey_exchanges_in_flight{flow="a\"b\\c\nd"} 1.5"#))
        _ = try MetricsText(page.text)
    }

    @Test("Where a token is demanded, the scraper's and people of the tenant may read, partners and others not")
    func access() async throws {
        try await World.run(metrics: .token("the-token-of-the-scraper")) { world in
            let answers = try await [
                world.page(token: nil), world.page(token: "the-token-of-the-scrapes"),
                world.page(token: "the-token-of-the-scraper"), world.page(token: Person.developer.token),
                world.page(token: Person.senderAdministrator.token),
            ]
            #expect(answers.map(\.status) == [401, 401, 200, 200, 403])
        }
    }

    /// The table's rows as `name type labels`.
    private static func documented() throws -> [String] {
        let file = URL(filePath: #filePath).appending(path: "../../../../docs/operations.md").standardized
        let row = /\| `([a-z_]+)` \| (counter|gauge|histogram) \| ([a-z, ]*?) ?\| .+ \|/
        return try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
            .compactMap { $0.wholeMatch(of: row) }
            .map { "\($0.output.1) \($0.output.2) \($0.output.3)" }
    }
}

extension World {
    /// The metrics, read by the rules of their format.
    func metrics() async throws -> MetricsText {
        let (status, body, headers) = try await page(token: nil)
        #expect(status == 200 && headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
        return try MetricsText(body)
    }

    func page(token: String?) async throws -> (status: Int, body: String, headers: [String: String]) {
        var request = HTTPClientRequest(url: management + "/metrics")
        if let token { request.headers.add(name: "Authorization", value: "Bearer \(token)") }
        return try await send(request)
    }
}
