import Messaging
import TestSupport
import Testing

@Suite struct OrderedTests {
    @Test func `Messages arrive one at a time in the order in which they were accepted`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deployOrdered()
            for number in 0..<30 { #expect(try await world.send("n\(number)").status == 202) }
            for _ in 0..<30 { _ = await world.receiver.next() }
            let orders = world.receiver.arrivals.map(\.messageID)
            #expect(orders == (0..<30).map { "urn:n\($0)" })
        }
    }

    @Test func `A message that fails keeps the others waiting until it is discarded`() async throws {
        try await World.run { world in
            world.receiver.set(.status(503))
            try await world.deployOrdered()
            for name in ["one", "two"] { #expect(try await world.send(name).status == 202) }
            try await world.wait { $0.first?.state == .retry }
            world.clock.advance(by: .seconds(301))
            try await world.wait { $0.first?.state == .failed }
            world.receiver.set(.take)
            world.clock.advance(by: .seconds(60))
            try await world.settle()
            let messages = try await world.messages()
            #expect(messages.map(\.state) == [.failed, .waiting])
            #expect(world.receiver.arrivals.allSatisfy { $0.messageID == "urn:one" })
            let first = try await world.runtime.firstOpenMessages()
            #expect(first.values.map(\.id) == [messages[0].id])
            _ = try await world.runtime.discard(messages[0].id, reason: "sent by post", by: "test")
            try await world.wait { $0.map(\.state) == [.discarded, .completed] }
            #expect(world.receiver.arrivals.last?.messageID == "urn:two")
        }
    }

    @Test func `A message that failed and is delivered again goes first`() async throws {
        try await World.run { world in
            world.receiver.set(.status(503))
            try await world.deployOrdered()
            for name in ["one", "two"] { #expect(try await world.send(name).status == 202) }
            try await world.wait { $0.first?.state == .retry }
            world.clock.advance(by: .seconds(301))
            try await world.wait { $0.first?.state == .failed }
            let failed = try #require(try await world.messages().first)
            let tries = world.receiver.arrivals.count
            world.receiver.set(.take)
            _ = try await world.runtime.redeliver(failed.id, by: "test")
            try await world.wait { $0.allSatisfy { $0.state == .completed } }
            #expect(world.receiver.arrivals.dropFirst(tries).map(\.messageID) == ["urn:one", "urn:two"])
        }
    }
}

extension World {
    fileprivate func deployOrdered() async throws {
        let yaml = try Fixtures.flow(pattern: .oneWay, url: url).yaml
        try await runtime.deploy(
            IntegrationFlow(yaml: yaml.replacing("delivery: {", with: "delivery: {ordered: true, "))
        )
    }
}
