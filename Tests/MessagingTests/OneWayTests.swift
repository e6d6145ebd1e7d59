import Foundation
import Keystore
import Logging
import Messaging
import ServiceLifecycle
import StoreSQLite
import TestSupport
import Testing
import WSSecurity

@Suite struct OneWayTests {
    @Test func `A message is stored before 202, sealed, and delivered`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            let flow = try await world.deploy(pattern: .oneWay)
            _ = try await world.runtime.hold(flow.id)
            let reply = try await world.send("secret-order")
            #expect(reply.status == 202 && reply.body.isEmpty)
            let stored = try #require(try await world.messages().first)
            #expect(stored.messageID == "urn:secret-order")
            #expect(stored.sealedEnvelope.firstRange(of: Array("m:Order".utf8)) == nil)
            for suffix in ["", "-wal"] {
                let file = try Data(contentsOf: URL(filePath: world.path + suffix))
                #expect(file.firstRange(of: Data("m:Order".utf8)) == nil)
            }
            try await world.runtime.redeploy(flow.id)
            #expect(await world.receiver.next()?.body.contains("secret-order") == true)
            try await world.settle()
            let delivered = try #require(try await world.messages().first)
            #expect(delivered.state == .completed && delivered.sealedEnvelope.isEmpty)
        }
    }

    @Test func `A repeated MessageID is answered 202 and delivered once`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            let flow = try await world.deploy(pattern: .oneWay)
            _ = try await world.runtime.hold(flow.id)
            for _ in 1...3 { #expect(try await world.send("one").status == 202) }
            #expect(try await world.messages().count == 1)
            try await world.runtime.redeploy(flow.id)
            _ = await world.receiver.next()
            #expect(try await world.send("one").status == 202)
            try await world.settle()
            #expect(world.receiver.arrivals.count == 1)
            let summary = try #require(try await world.runtime.summaries().first)
            #expect(summary.accepted == 1 && summary.delivered == 1 && summary.stored == 0)
        }
    }

    @Test func `A message outlasts an outage of the receiver`() async throws {
        try await World.run { world in
            world.receiver.set(.status(503))
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            _ = await world.receiver.next()
            try await world.settle()
            let waiting = try #require(try await world.messages().first)
            #expect(waiting.reason?.contains("503") == true)
            world.receiver.set(.take)
            world.clock.advance(by: .seconds(10))
            _ = await world.receiver.next()
            try await world.settle()
            #expect(try await world.messages().first?.state == .completed)
        }
    }

    @Test func `A message is bound to the version that is active when it is sent`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            let flow = try await world.deploy(pattern: .oneWay)
            _ = try await world.runtime.hold(flow.id)
            #expect(try await world.send("one").status == 202)
            let (_, new) = try await world.exchange("tenant-sign")
            _ = try await world.runtime.acknowledgeGeneration()
            try await world.runtime.redeploy(flow.id)
            let arrival = await world.receiver.next()
            #expect(arrival?.signer == world.keyring.snapshot.version(new)?.certificate)
        }
    }

    @Test func `A message in delivery when the process is killed is delivered after the restart`() async throws {
        try await World.run { world in
            let latch = Latch()
            world.receiver.set(.take)
            world.receiver.hold(until: latch)
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            _ = await world.receiver.next()
            world.receiver.hold(until: nil)
            try await world.restarted { runtime in
                let arrival = await world.receiver.next()
                #expect(arrival?.body.contains("one") == true)
                _ = try await runtime.undeploy(world.flowID())
                #expect(try await world.messages().map(\.state) == [.completed])
            }
            latch.open()
        }
    }

    @Test func `A graceful stop brings the delivery under way to its end`() async throws {
        try await World.run(isRunning: false) { world in
            let latch = Latch()
            world.receiver.set(.take)
            world.receiver.hold(until: latch)
            try await world.deploy(pattern: .oneWay)
            let services = ServiceGroup(
                services: [world.runtime],
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            async let end: Void = services.run()
            #expect(try await world.send("one").status == 202)
            _ = await world.receiver.next()
            #expect(try await world.send("two").status == 202)
            world.receiver.hold(until: nil)
            await services.triggerGracefulShutdown()
            latch.open()
            try await end
            let states = try await world.messages().map(\.state)
            #expect(states.first == .completed)
            #expect(states.allSatisfy { $0 != .processing })
        }
    }

    @Test func `Messages of an undeployed flow are held over a restart, and go out when it is deployed`() async throws {
        try await World.run { world in
            world.receiver.set(.status(503))
            let flow = try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            _ = await world.receiver.next()
            let report = try await world.runtime.undeploy(flow.id)
            #expect(report.isDrained && report.held == 1)
            #expect(try await world.messages().map(\.state) == [.held])
            world.receiver.set(.take)
            world.clock.advance(by: .seconds(3600))
            try await world.restarted { runtime in
                #expect(runtime.flow(flow.id)?.status == .undeployed)
                #expect(try await world.send("two", on: runtime).status == 503)
                #expect(world.receiver.arrivals.count == 1)
                try await runtime.redeploy(flow.id)
                _ = await world.receiver.next()
                _ = try await runtime.undeploy(flow.id)
                #expect(try await world.messages().map(\.state) == [.completed])
            }
        }
    }

    @Test func `After the guaranteed delivery time a message is kept with its reason`() async throws {
        try await World.run { world in
            world.receiver.set(.plainFault(nil))
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            _ = await world.receiver.next()
            try await world.settle()
            world.clock.advance(by: .seconds(301))
            _ = await world.receiver.next()
            try await world.settle()
            let message = try #require(try await world.messages().first)
            #expect(message.state == .failed)
            #expect(message.reason?.contains("unprotected fault") == true)
            #expect(!message.sealedEnvelope.isEmpty)
            let summary = try #require(try await world.runtime.summaries().first)
            #expect(summary.failed == 1 && summary.stored == 0)
        }
    }

    @Test func `When the next wait would outlast the guaranteed time, one more attempt is made at its end`()
        async throws
    {
        try await World.run { world in
            world.receiver.set(.status(503))
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            try await world.wait { $0.first?.state == .retry && $0.first?.attempts == 1 }
            world.clock.advance(by: .milliseconds(299_500))
            try await world.wait { $0.first?.attempts == 2 && $0.first?.state != .processing }
            let message = try #require(try await world.messages().first)
            #expect(message.state == .retry && message.dueAt == message.deadline)
            world.receiver.set(.take)
            world.clock.advance(by: .milliseconds(500))
            try await world.wait { $0.first?.state == .completed }
        }
    }

    @Test func `A message that waits by a clock that was ahead is tried at once when the clock is set back`()
        async throws
    {
        try await World.run { world in
            world.clock.advance(by: .seconds(7200))
            world.receiver.set(.status(503))
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            try await world.wait { $0.first?.state == .retry }
            world.receiver.set(.take)
            world.clock.advance(by: .seconds(-7200))
            try await world.wait { $0.first?.state == .completed }
        }
    }

    @Test func `Many messages at once are all accepted and all delivered, each once`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWay)
            let statuses = try await withThrowingTaskGroup(of: Int.self, returning: [Int].self) { group in
                for number in 0..<40 {
                    group.addTask { try await world.send("n\(number)").status }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses == Array(repeating: 202, count: 40))
            for _ in 0..<40 { _ = await world.receiver.next() }
            try await world.settle()
            #expect(Set(world.receiver.arrivals.map(\.body)).count == 40)
            #expect(try await world.messages().allSatisfy { $0.state == .completed })
        }
    }
}
