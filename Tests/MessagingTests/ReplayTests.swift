import Foundation
import Messaging
import TestSupport
import Testing
import WSSecurity

@Suite struct ReplayTests {
    @Test func `A request that comes again is refused, also after a kill`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            try await world.deploy()
            let request = try world.request("one")
            #expect(await world.send(request).status == 200)
            let again = await world.send(request)
            #expect(again.status == 500)
            #expect(world.log.causes.last?.contains("replay") == true)
            let summary = try #require(try await world.runtime.summaries().first)
            #expect(summary.replayed == 1 && summary.delivered == 1)
            try await world.restarted { runtime in
                #expect(await world.send(request, on: runtime).status == 500)
                let next = try await world.send("two", on: runtime)
                #expect(next.status == 200)
            }
            #expect(world.receiver.arrivals.count == 2)
        }
    }

    @Test func `Of the same request sent many times at once one gets through`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            try await world.deploy()
            let request = try world.request("one")
            let statuses = await withTaskGroup(of: Int.self, returning: [Int].self) { group in
                for _ in 0..<12 { group.addTask { await world.send(request).status } }
                return await group.reduce(into: []) { $0.append($1) }
            }
            #expect(statuses.count { $0 == 200 } == 1 && statuses.count { $0 == 500 } == 11)
            #expect(world.receiver.arrivals.count == 1)
        }
    }

    @Test func `A request that was asked to come again may be the same one`() async throws {
        try await World.run { world in
            try await world.deploy()
            let request = try world.request("one")
            world.receiver.set(.status(503))
            #expect(await world.send(request).status == 503)
            world.receiver.set(.confirm)
            #expect(await world.send(request).status == 200)
            #expect(await world.send(request).status == 500)
        }
    }

    @Test
    func `A one-way message that is sent again is answered again and delivered once, whether it has a name or not`()
        async throws
    {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWay)
            let messages = [
                try world.request("named"), try world.protect(Fixtures.envelope("<m:Nameless xmlns:m='urn:m'/>")),
            ]
            for message in messages + messages { #expect(await world.send(message).status == 202) }
            for _ in messages { _ = await world.receiver.next() }
            try await world.settle()
            try await world.restarted { runtime in
                for message in messages { #expect(await world.send(message, on: runtime).status == 202) }
                _ = try await runtime.undeploy(world.flowID())
                #expect(try await world.messages().map(\.state) == [.completed, .completed])
                #expect(try await runtime.summaries().first?.duplicates == 4)
            }
            #expect(world.receiver.arrivals.count == 2)
        }
    }

    @Test func `A one-way message that comes again under another name is refused`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWay)
            let message = try world.request("one")
            #expect(await world.send(message).status == 202)
            let renamed = String(decoding: message, as: UTF8.self).replacing("urn:one<", with: "urn:two<")
            #expect(await world.send(Array(renamed.utf8)).status == 500)
            #expect(try await world.messages().count == 1)
            #expect(world.log.causes.last?.contains("replay") == true)
        }
    }

    @Test func `The signature of a repetition is known too`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            world.clock.advance(by: .seconds(1))
            let repetition = try world.request("one")
            #expect(await world.send(repetition).status == 202)
            let renamed = String(decoding: repetition, as: UTF8.self).replacing("urn:one<", with: "urn:two<")
            #expect(await world.send(Array(renamed.utf8)).status == 500)
        }
    }

    @Test func `A message of one flow is a replay on another one of the same partner`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            try await world.deploy()
            try await world.runtime.deploy(Fixtures.flow("bills", pattern: .oneWay, url: world.url))
            let message = try world.request("one")
            #expect(await world.send(message).status == 200)
            #expect(await world.send(message, to: "/in/bills").status == 500)
        }
    }

    @Test func `A stored message of one flow is a replay on another one, not a repetition that was delivered`()
        async throws
    {
        try await World.run { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWay)
            try await world.runtime.deploy(Fixtures.flow("bills", pattern: .oneWay, url: world.url))
            let message = try world.request("one")
            #expect(await world.send(message).status == 202)
            #expect(await world.send(message, to: "/in/bills").status == 500)
            #expect(world.log.causes.last?.contains("replay") == true)
            #expect(await world.send(message).status == 202)
        }
    }

    @Test func `A clock that is set back by less than a minute lets nothing in again`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            try await world.deploy()
            let (messaging, flow) = (world.store as any MessagingStore, try world.flowID())
            let begin = world.clock.now
            #expect(try await world.send("early").status == 200)
            world.clock.advance(by: .seconds(50))
            let late = try world.request("late")
            #expect(await world.send(late).status == 200)
            // The early one has expired by more than a minute, the late one by eleven seconds.
            world.clock.set(to: begin + 421)
            try await world.until { try await messaging.read { try $0.replayMarkCount(of: flow) } < 2 }
            world.clock.set(to: begin + 400)
            #expect(await world.send(late).status == 500)
            #expect(world.log.causes.last?.contains("replay") == true)
            #expect(world.receiver.arrivals.count == 2)
        }
    }

    @Test func `When nothing more can be remembered senders are asked to come again, until something expires`()
        async throws
    {
        var configuration = RuntimeConfiguration()
        configuration.replayCapacity = 1
        try await World.run(configuration: configuration) { world in
            world.receiver.set(.confirm)
            try await world.deploy()
            let second = try world.request("two")
            #expect(try await world.send("one").status == 200)
            #expect(await world.send(second).status == 503)
            world.clock.advance(by: .seconds(500))
            let messaging: any MessagingStore = world.store
            while try await messaging.read({ try $0.replayMarkCount(of: world.flowID()) }) > 0 { await Task.yield() }
            #expect(try await world.send("three").status == 200)
        }
    }

    @Test func `Nor is a one-way message stored that cannot be remembered`() async throws {
        var configuration = RuntimeConfiguration()
        configuration.replayCapacity = 1
        try await World.run(configuration: configuration) { world in
            world.receiver.set(.take)
            try await world.deploy(pattern: .oneWay)
            #expect(try await world.send("one").status == 202)
            #expect(try await world.send("two").status == 503)
            #expect(try await world.messages().map(\.messageID) == ["urn:one"])
        }
    }

    @Test
    func `A receiver's answer that comes again is not taken for that of another request, where the flow asks for it`()
        async throws
    {
        try await World.run { world in
            world.receiver.set(.confirmation(try world.receiver.confirmation()))
            let yaml = try Fixtures.flow(url: world.url).yaml
            let response = "response: {verify: [receiver-sign]"
            for (detects, status) in [("", 200), (", detectReplays: true", 502)] {
                try await world.runtime.deploy(
                    IntegrationFlow(yaml: yaml.replacing(response, with: response + detects))
                )
                _ = try await world.send("first" + detects)
                #expect(try await world.send("second" + detects).status == status)
            }
            #expect(world.log.causes.last?.contains("replay") == true)
        }
    }

    @Test func `A flow may do without`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            let yaml = try Fixtures.flow(url: world.url).yaml
            let request = "request: {verify: [sender-sign]"
            try await world.runtime.deploy(
                IntegrationFlow(yaml: yaml.replacing(request, with: request + ", detectReplays: false"))
            )
            let message = try world.request("one")
            for _ in 1...2 { #expect(await world.send(message).status == 200) }
        }
    }
}
