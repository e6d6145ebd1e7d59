import Foundation
import Keystore
import TestSupport
import Testing

@testable import Messaging

@Suite("The message log")
struct ExchangeLogTests {
    private static let parent = (
        name: "traceparent", value: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"
    )

    @Test("Every exchange has its record: name, status, keys with versions, fault and trace")
    func records() async throws {
        try await World.run { world in
            try await world.deploy()
            #expect(try await world.send(world.request("one"), headers: [Self.parent]).status == 200)
            let stranger = try world.request("two", signedBy: world.keys.stranger)
            #expect(await world.send(stranger).status == 500)
            world.receiver.set(.status(503))
            #expect(try await world.send("three").status == 503)

            let records = try await world.runtime.exchanges(matching: ExchangeQuery()).map(\.record)
            #expect(records.map(\.status) == [.retry, .refused, .completed])
            #expect(records.map(\.messageID) == ["urn:three", nil, "urn:one"])
            #expect(records.first?.fault == "ReceiverUnreachable" && records.last?.fault == nil)
            let refused = try #require(records.first { $0.status == .refused }?.fault)
            #expect(FaultCode.allCases.map(\.name).contains(refused) && refused != "UnacceptableForm")
            let completed = try #require(records.last)
            #expect(completed.traceID == "4bf92f3577b34da6a3ce929d0e0e4736" && completed.direction == .inbound)
            #expect(completed.startedAt == world.clock.now && completed.duration > .zero)
            let uses = completed.keys.map { "\($0.purpose) \($0.version.alias) \($0.version.number) \($0.outcome)" }
            #expect(
                uses.sorted() == [
                    "decrypt tenant-decrypt 1 succeeded", "decrypt tenant-decrypt 1 succeeded",
                    "encrypt receiver-encrypt 1 succeeded", "encrypt sender-encrypt 1 succeeded",
                    "sign tenant-reply-sign 1 succeeded", "sign tenant-sign 1 succeeded",
                    "verify receiver-sign 1 succeeded", "verify sender-sign 1 succeeded",
                ]
            )
            #expect(records.allSatisfy { !($0.reason ?? "").contains("m:Order") })
        }
    }

    @Test("The name of a large message is in its record", arguments: [300 << 10, 2 << 20])
    func large(octetCount: Int) async throws {
        try await World.run { world in
            try await world.deploy()
            let filler = String(repeating: "x", count: octetCount)
            let order = Fixtures.envelope(
                "<m:Order xmlns:m='urn:m'>\(filler)</m:Order>",
                header: "<a:MessageID xmlns:a='http://www.w3.org/2005/08/addressing'>urn:large</a:MessageID>"
            )
            world.receiver.set(.status(503))
            #expect(await world.send(try world.protected(order)).status == 503)
            let records = try await world.runtime.exchanges(matching: ExchangeQuery()).map(\.record)
            #expect(records.map(\.messageID) == ["urn:large"])
        }
    }

    @Test("A receiver gets the trace of the sender with a span of our own, also of a stored message after a restart")
    func traces() async throws {
        try await World.run(isRunning: false) { world in
            world.receiver.set(.take)
            let flow = try await world.deploy(pattern: .oneWay)
            _ = try await world.runtime.hold(flow.id)
            let state = (name: "tracestate", value: "congo=t61rcWkgMzE")
            #expect(try await world.send(world.request("one"), headers: [Self.parent, state]).status == 202)
            #expect(try await world.send("two").status == 202)
            try await world.restarted { runtime in
                try await runtime.redeploy(flow.id)
                let arrivals = [await world.receiver.next(), await world.receiver.next()].compactMap(\.self)
                let continued = try #require(arrivals.first { $0.trace["tracestate"] != nil })
                let words = try #require(continued.trace["traceparent"]).split(separator: "-")
                #expect(words.count == 4 && words[1] == "4bf92f3577b34da6a3ce929d0e0e4736")
                #expect(words[2] != "00f067aa0ba902b7" && words[3] == "01")
                #expect(continued.trace["tracestate"] == "congo=t61rcWkgMzE")
                let begun = try #require(arrivals.first { $0.trace["tracestate"] == nil }?.trace["traceparent"])
                #expect(begun.count == 55 && !begun.contains("4bf92f35"))
                try await world.logged(2, .outbound, in: runtime)
            }
        }
    }

    @Test("Accepted, repeated, tried again and given up are told apart")
    func oneWay() async throws {
        try await World.run { world in
            world.receiver.set(.status(503))
            try await world.deploy(pattern: .oneWay)
            for _ in 0..<2 { #expect(try await world.send("one").status == 202) }
            let tries = try await world.logged(1, .outbound, in: world.runtime)
            #expect(tries.allSatisfy { $0.status == .retry && $0.messageID == "urn:one" })
            let intakes = try await world.runtime.exchanges(matching: ExchangeQuery()).map(\.record)
                .filter { $0.direction == .inbound }
            #expect(intakes.map(\.status) == [.duplicate, .accepted])
        }
    }

    @Test("A record that could not be written is written once the store takes writes again")
    func unwritten() async throws {
        try await World.run(isRunning: false) { world in
            try await world.deploy()
            try await world.refusing("INSERT ON exchange") {
                for name in ["one", "two"] { _ = try await world.send(name) }
                await #expect(throws: (any Error).self) { try await world.runtime.exchanges(matching: ExchangeQuery()) }
            }
            #expect(try await world.send("three").status == 200)
            let records = try await world.runtime.exchanges(matching: ExchangeQuery()).map(\.record)
            #expect(Set(records.map(\.messageID)) == ["urn:one", "urn:two", "urn:three"])
        }
    }

    @Test("What finds no room in memory while nothing is written is counted")
    func room() async throws {
        try await World.run(isRunning: false) { world in
            let log = ExchangeLog(store: world.store, retention: LogRetention())
            for number in 0..<50_003 { log.append(try world.record(number)) }
            #expect(log.droppedCount == 3)
        }
    }

    @Test("Old records go, and a log of no rows keeps none")
    func retention() async throws {
        var configuration = RuntimeConfiguration()
        configuration.logRetention.rowLimit = 0
        try await World.run(configuration: configuration) { world in
            try await world.deploy()
            #expect(try await world.send("one").status == 200)
            #expect(try await world.runtime.exchanges(matching: ExchangeQuery()).isEmpty)
        }
        configuration.logRetention.rowLimit = 100
        configuration.logRetention.age = .seconds(60)
        try await World.run(configuration: configuration) { world in
            try await world.deploy()
            #expect(try await world.send("one").status == 200)
            #expect(try await world.runtime.exchanges(matching: ExchangeQuery()).count == 1)
            world.clock.advance(by: .seconds(3600))
            for _ in 0..<200 {
                if try await world.runtime.exchanges(matching: ExchangeQuery()).isEmpty { break }
                try await Task.sleep(for: .milliseconds(50))
            }
            #expect(try await world.runtime.exchanges(matching: ExchangeQuery()).isEmpty)
        }
    }
}

extension World {
    fileprivate func record(_ number: Int) throws -> ExchangeRecord {
        ExchangeRecord(
            id: "record-\(number)",
            messageID: nil,
            flow: try flowID(),
            direction: .inbound,
            status: .completed,
            startedAt: clock.now + Double(number),
            duration: .milliseconds(1),
            keys: [],
            fault: nil,
            reason: nil,
            traceID: "4bf92f3577b34da6a3ce929d0e0e4736"
        )
    }

    /// At least `count` records of exchanges in a direction, within ten seconds.
    @discardableResult
    func logged(
        _ count: Int,
        _ direction: ExchangeRecord.Direction,
        in runtime: TenantRuntime
    ) async throws -> [ExchangeRecord] {
        for _ in 0..<200 {
            let records = try await runtime.exchanges(matching: ExchangeQuery()).map(\.record)
                .filter { $0.direction == direction }
            if records.count >= count { return records }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw CancellationError()
    }
}
