import Messaging
import TestSupport
import Testing

@Suite struct HoldingTests {
    @Test func `A request waits while its flow is held, and is answered when it is released`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            let flow = try await world.deploy()
            _ = try await world.runtime.hold(flow.id)
            async let reply = world.send("one")
            try await world.waitForArrival(on: flow.id)
            try await world.runtime.redeploy(flow.id)
            #expect(try await reply.status == 200)
        }
    }

    @Test func `A request that waits too long is asked to come again`() async throws {
        var configuration = RuntimeConfiguration()
        configuration.holdBound = .milliseconds(1)
        try await World.run(configuration: configuration) { world in
            let flow = try await world.deploy()
            _ = try await world.runtime.hold(flow.id)
            let reply = try await world.send("one")
            #expect(reply.status == 503)
            #expect(reply.headers.contains { $0.name == "Retry-After" })
            #expect(world.receiver.arrivals.isEmpty)
        }
    }

    @Test func `A request that finds no room to wait is asked to come again at once`() async throws {
        var configuration = RuntimeConfiguration()
        configuration.holdLimit = 0
        configuration.holdBound = .seconds(3600)
        try await World.run(configuration: configuration) { world in
            let flow = try await world.deploy()
            _ = try await world.runtime.hold(flow.id)
            #expect(try await world.send("one").status == 503)
        }
    }

    @Test func `A flow that is undeployed while it is held turns its waiting requests away`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            _ = try await world.runtime.hold(flow.id)
            async let reply = world.send("one")
            try await world.waitForArrival(on: flow.id)
            _ = try await world.runtime.undeploy(flow.id)
            #expect(try await reply.status == 503)
        }
    }
}
