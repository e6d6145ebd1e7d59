import Messaging
import TestSupport
import Testing
import WSSecurity

@Suite struct RobustTests {
    @Test func `The sender gets 202 when the receiver took the message, and a repetition is not delivered again`()
        async throws
    {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWayRobust)
            let message = try world.request("one")
            let reply = await world.send(message)
            #expect(reply.status == 202 && reply.body.isEmpty)
            #expect(world.receiver.arrivals.count == 1)
            #expect(await world.send(message).status == 202)
            world.clock.advance(by: .seconds(1))
            #expect(try await world.send("one").status == 202)
            try await world.restarted { runtime in
                let again = await world.send(message, on: runtime)
                #expect(again.status == 202)
            }
            #expect(world.receiver.arrivals.count == 1)
            #expect(try await world.messages().map(\.state) == [.completed])
            let summary = try #require(try await world.runtime.summaries().first)
            #expect(summary.delivered == 1 && summary.accepted == 1 && summary.duplicates >= 2)
        }
    }

    @Test func `The sender gets the receiver's fault, in the clear where the flow asks for no protection`() async throws
    {
        try await World.run { world in
            world.receiver.set(.plainFault(SOAPFault.Subcode(namespace: "urn:m", name: "OutOfStock")))
            try await world.deploy(pattern: .oneWayRobust)
            let reply = try await world.send("one")
            let fault = try #require(SOAPFault(parsing: reply.body))
            #expect(reply.status == 500 && fault.reason == "No" && fault.subcode?.name == "OutOfStock")
            #expect(try await world.messages().isEmpty)
        }
    }

    @Test func `A security fault of the receiver is not passed on`() async throws {
        try await World.run { world in
            world.receiver.set(.plainFault(SOAPFault.Subcode(namespace: Fixtures.wsse, name: "FailedCheck")))
            try await world.deploy(pattern: .oneWayRobust)
            let reply = try await world.send("one")
            let fault = try #require(SOAPFault(parsing: reply.body))
            #expect(reply.status == 500 && fault.subcode == nil && fault.code == .server)
        }
    }

    @Test func `A protected fault is verified, and protected for the sender`() async throws {
        try await World.run { world in
            try await world.runtime.deploy(
                Fixtures.flow(pattern: .oneWayRobust, hasResponses: true, url: world.url)
            )
            world.receiver.set(.protectedFault)
            let reply = try await world.send("one")
            #expect(reply.status == 500)
            #expect(try SOAPEnvelope(world.open(reply).envelope).fault?.reason == "Out of stock")
            world.receiver.set(.plainFault(nil))
            let unvouched = try await world.send("two")
            #expect(try SOAPEnvelope(world.open(unvouched).envelope).fault?.reason != "No")
            world.receiver.set(.take)
            #expect(try await world.send("three").status == 202)
        }
    }

    @Test func `A receiver that is not reached is 503, and the same message may come again`() async throws {
        try await World.run { world in
            world.receiver.set(.status(503))
            try await world.deploy(pattern: .oneWayRobust)
            let message = try world.request("one")
            #expect(await world.send(message).status == 503)
            world.receiver.set(.take)
            #expect(await world.send(message).status == 202)
            #expect(world.receiver.arrivals.count == 2)
        }
    }

    @Test func `Senders wait while the flow is held`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            let flow = try await world.deploy(pattern: .oneWayRobust)
            _ = try await world.runtime.hold(flow.id)
            async let reply = world.send("one")
            try await world.waitForArrival(on: flow.id)
            #expect(world.receiver.arrivals.isEmpty)
            try await world.runtime.redeploy(flow.id)
            #expect(try await reply.status == 202)
        }
    }
}
