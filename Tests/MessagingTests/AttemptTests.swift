import Foundation
import Messaging
import TestSupport
import Testing
import WSSecurity

@Suite struct AttemptTests {
    @Test func `Every attempt has the same wsa:MessageID, and a Timestamp and a signature of its own`() async throws {
        try await World.run { world in
            world.receiver.set(.status(503))
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            for attempt in 1...4 {
                try await world.wait { $0.first?.state == .retry && $0.first?.attempts == attempt }
                world.clock.advance(by: .seconds(10))
            }
            world.receiver.set(.take)
            try await world.wait { $0.first?.state == .completed }
            let arrivals = world.receiver.arrivals
            #expect(arrivals.count == 5)
            #expect(Set(arrivals.map(\.messageID)) == ["urn:one"])
            #expect(Set(arrivals.map { $0.signatures.first?.value }).count == arrivals.count)
            #expect(Set(arrivals.map(\.createdAt)).count == arrivals.count)
        }
    }

    @Test(arguments: [(60, 60), (-60, 0), (100_000, 3600)])
    func `A receiver that says when to come again is left alone so long, within an hour`(
        asked: Int,
        left: Int
    ) async throws {
        try await World.run { world in
            world.receiver.set(.busy(asked))
            let yaml = try Fixtures.flow(pattern: .oneWay, url: world.url).yaml
            try await world.runtime.deploy(
                IntegrationFlow(yaml: yaml.replacing("guaranteed: 300", with: "guaranteed: 7200"))
            )
            #expect(try await world.send("one").status == 202)
            try await world.wait { $0.first?.state == .retry && $0.first?.attempts == 1 }
            let wait = try #require(try await world.messages().first).dueAt.timeIntervalSince(world.clock.now)
            #expect(left == 0 ? wait > 0 && wait <= 8 : abs(wait - Double(left)) < 0.01)
        }
    }

    @Test func `A message that was completed is known for ninety days`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            try await world.wait { $0.first?.state == .completed }
            world.clock.advance(by: .seconds(89 * 86_400))
            #expect(try await world.send("one").status == 202)
            try await world.settle()
            #expect(world.receiver.arrivals.count == 1)
        }
    }
}
