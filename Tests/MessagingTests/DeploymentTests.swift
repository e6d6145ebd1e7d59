import Foundation
import Keystore
import Messaging
import StoreSQLite
import Synchronization
import Testing
import WSSecurity

@Suite struct DeploymentTests {
    @Test func `An undeployment waits for the exchange under way, which ends well`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            let latch = Latch()
            world.receiver.hold(until: latch)
            async let reply = world.send("one")
            _ = await world.receiver.next()
            async let report = world.runtime.undeploy(flow.id)
            while world.runtime.flow(flow.id)?.status == .deployed { await Task.yield() }
            #expect(try await world.send("two").status == 503)
            latch.open()
            #expect(try await reply.status == 200)
            #expect(try await report.isDrained)
            #expect(world.receiver.arrivals.count == 1)
        }
    }

    @Test func `An exchange that outlasts the bound sends nothing any more`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            let latch = Latch()
            world.receiver.hold(until: latch)
            async let reply = world.send("one")
            _ = await world.receiver.next()
            let report = try await world.runtime.undeploy(flow.id, drainBound: .milliseconds(1))
            #expect(report.cutOff == 1 && report.inFlightAtStart == 1)
            latch.open()
            #expect(try await reply.status == 503)
        }
    }

    @Test func `A reply that has not left counts as under way`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            let reply = await world.answer(try world.request("one"), on: world.runtime)
            let early = try await world.runtime.undeploy(flow.id, drainBound: .milliseconds(1))
            #expect(early.cutOff == 1)
            reply.exchange?.end()
            let late = try await world.runtime.undeploy(flow.id, drainBound: .milliseconds(1))
            #expect(late.isDrained && reply.status == 200)
        }
    }

    @Test func `Redeploying under load turns nothing away and loses nothing`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            let other = try Fixtures.flow(sign: "tenant-reply-sign", url: world.url)
            let statuses = try await withThrowingTaskGroup(of: [Int].self, returning: [Int].self) { group in
                for worker in 0..<4 {
                    group.addTask {
                        var statuses: [Int] = []
                        for number in 0..<15 { statuses.append(try await world.send("\(worker)-\(number)").status) }
                        return statuses
                    }
                }
                for _ in 0..<10 { try await world.runtime.deploy(flow) }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(statuses == Array(repeating: 200, count: 60))
            #expect(world.receiver.arrivals.count == 60)
            try await world.runtime.deploy(other)
            #expect(world.runtime.uses().contains { $0.alias.rawValue == "tenant-reply-sign" && $0.side == .receiver })
        }
    }

    @Test func `A path that another flow has is refused, and nothing changes`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            let yaml = flow.yaml.replacingOccurrences(of: "id: orders", with: "id: thief")
            let thief = try IntegrationFlow(yaml: yaml)
            await #expect(throws: DeploymentError.pathTaken("/in/orders", by: flow.id)) {
                try await world.runtime.deploy(thief)
            }
            #expect(world.runtime.flows().map(\.flow.id) == [flow.id])
            await #expect(throws: DeploymentError.unknownFlow(thief.id)) {
                try await world.runtime.undeploy(thief.id)
            }
        }
    }

    @Test func `Where-used answers from the flows as they are deployed`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            let uses = world.runtime.uses().filter { $0.alias.rawValue == "tenant-decrypt" }
            #expect(uses.map(\.side) == [.sender, .receiver])
            #expect(uses.allSatisfy { $0.purpose == .decrypt && $0.flow == flow.id })
        }
    }
}
