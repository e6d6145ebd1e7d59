import Foundation
import Keystore
import StoreSQLite
import Synchronization
import Testing
import WSSecurity

@testable import Messaging

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

    @Test func `Of several exchanges under way the last one is waited for`() async {
        let gate = FlowGate(status: .deployed)
        for _ in 0..<2 { #expect(gate.enter(while: [.deployed]) != nil) }
        async let left = gate.drain(within: .seconds(60))
        for _ in 0..<1000 { await Task.yield() }
        gate.leave()
        for _ in 0..<1000 { await Task.yield() }
        gate.leave()
        #expect(await left == 0)
    }

    @Test func `A flow whose stop cannot be recorded goes on serving`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            try await world.refusing("INSERT ON flow") {
                await #expect(throws: (any Error).self) { try await world.runtime.undeploy(flow.id) }
                await #expect(throws: (any Error).self) { try await world.runtime.hold(flow.id) }
            }
            #expect(world.runtime.flow(flow.id)?.status == .deployed)
            #expect(try await world.send("one").status == 200)
        }
    }

    @Test func `A flow that gets another path and another key has the former ones no more`() async throws {
        try await World.run { world in
            let flow = try await world.deploy()
            let yaml = flow.yaml.replacing("path: /in/orders", with: "path: /in/sales")
                .replacing("sign: tenant-sign", with: "sign: tenant-reply-sign")
            try await world.runtime.deploy(try IntegrationFlow(yaml: yaml))
            #expect(try await world.send("one", to: "/in/sales").status == 200)
            #expect(try await world.send("two").status == 404)
            #expect(try world.runtime.uses(of: KeyAlias("tenant-sign")).isEmpty)
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

    @Test func `Requests lose nothing while their flow is changed a hundred times`() async throws {
        try await World.run { world in
            world.receiver.set(.confirm)
            let forms = try world.forms(of: Fixtures.flow(url: world.url))
            let (statuses, arrivals) = try await world.change(forms)
            #expect(statuses == [200])
            #expect(Set(arrivals).count == arrivals.count)
            #expect(world.runtime.flow(forms[0].id)?.flow == forms[1])
        }
    }

    @Test func `One-way messages lose nothing while their flow is changed a hundred times`() async throws {
        try await World.run { world in
            world.receiver.set(.take)
            let forms = try world.forms(of: Fixtures.flow(pattern: .oneWay, url: world.url))
            let (statuses, _) = try await world.change(forms)
            #expect(statuses == [202])
            let sent = try await world.messages()
            while try await world.messages().contains(where: { $0.state != .completed }) { await Task.yield() }
            #expect(Set(world.receiver.arrivals.compactMap(\.messageID)) == Set(sent.map(\.messageID)))
            #expect(world.receiver.arrivals.count == sent.count)
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
            let uses = try world.runtime.uses(of: KeyAlias("tenant-decrypt"))
            #expect(uses.map(\.side) == [.sender, .receiver])
            #expect(uses.allSatisfy { $0.purpose == .decrypt && $0.flow == flow.id })
        }
    }
}

extension World {
    /// A flow, and the same with another setting.
    fileprivate func forms(of flow: IntegrationFlow) throws -> [IntegrationFlow] {
        [flow, try IntegrationFlow(yaml: flow.yaml.replacing("timeout: 30", with: "timeout: 31"))]
    }

    /// Deploys `forms` of a flow in turn, a hundred times, while four senders send without a pause; returns the statuses that
    /// they got, and the names that arrived.
    fileprivate func change(_ forms: [IntegrationFlow]) async throws -> (Set<Int>, [String]) {
        try await runtime.deploy(forms[0])
        let end = End()
        let statuses = try await withThrowingTaskGroup(of: Set<Int>.self, returning: Set<Int>.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    var statuses: Set<Int> = []
                    var number = 0
                    while !end.isReached {
                        statuses.insert(try await self.send("\(worker)-\(number)").status)
                        number += 1
                    }
                    return statuses
                }
            }
            for change in 1...100 {
                try await runtime.deploy(forms[change % forms.count])
                // Traffic between the changes, whatever the machine's speed.
                let count = receiver.arrivals.count
                if change.isMultiple(of: 10) { while receiver.arrivals.count == count { await Task.yield() } }
            }
            try await runtime.deploy(forms[1])
            end.reach()
            return try await group.reduce(into: []) { $0.formUnion($1) }
        }
        return (statuses, receiver.arrivals.compactMap(\.messageID))
    }
}

/// What senders look at to know when to stop.
private final class End: Sendable {
    private let state = Mutex(false)

    var isReached: Bool { state.withLock { $0 } }

    func reach() { state.withLock { $0 = true } }
}
