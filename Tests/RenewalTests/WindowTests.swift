import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// Downtimes: proposed, moved, agreed, called off, and what becomes of them.
@Suite struct WindowTests {
    private static let step: StepID = "3-agree-downtime"

    private func world(_ useCase: UseCaseName = .tenantSignsOutboundRequest) async throws -> World {
        let world = try await World(useCase, .single)
        try await world.begin()
        try await world.carryOut(until: Self.step)
        return world
    }

    private func proposal(
        _ world: World,
        _ start: TimeInterval,
        _ end: TimeInterval,
        conduct: WindowProposal.Conduct = .undeploy,
        rollsBack: Bool = false
    ) -> WindowProposal {
        let window = DowntimeWindow(
            start: world.clock.now.addingTimeInterval(start),
            end: world.clock.now.addingTimeInterval(end)
        )
        return WindowProposal(window: window, conduct: conduct, rollsBack: rollsBack)
    }

    private func propose(_ world: World, _ proposal: WindowProposal, _ person: Actor) async throws {
        _ = try await world.engine.propose(proposal, at: nil, of: world.id, by: person)
    }

    private func accept(_ world: World, _ person: Actor) async throws {
        _ = try await world.engine.acceptWindow(at: nil, of: world.id, by: person)
    }

    private func calendars(_ world: World, _ person: Actor) async throws -> [CalendarEntry] {
        try await world.engine.notifications(for: person).compactMap(\.calendar)
    }

    @Test("Proposed, countered, agreed, moved and called off: one event in every calendar, its number always higher")
    func negotiation() async throws {
        let world = try await world()
        let (first, second) = (proposal(world, 600, 1_200), proposal(world, 1_800, 2_400))
        try await propose(world, first, People.tina)
        #expect(try await calendars(world, People.rita).map(\.isAgreed) == [false])
        await #expect(throws: RenewalRefusal.self) { try await accept(world, People.tina) }
        await #expect(throws: RenewalRefusal.self) { try await accept(world, People.otto) }
        try await propose(world, second, People.rita)
        await #expect(throws: RenewalRefusal.self) { try await accept(world, People.rita) }
        #expect(try await world.show().steps[2].state == .open)
        try await accept(world, People.tina)
        #expect(try await world.show().steps[2].state == .verified)
        #expect(try await world.engine.downtimes(of: world.id).first?.window == second.window)

        let third = proposal(world, 3_000, 3_600)
        try await propose(world, third, People.tina)
        #expect(try await world.show().steps[2].state == .open)
        await #expect(throws: RenewalRefusal.self) {
            world.clock.advance(by: .seconds(1_900))
            try await world.claim("5-undeploy-flow", People.dora)
        }
        try await accept(world, People.rita)
        _ = try await world.engine.cancelWindow(at: nil, of: world.id, by: People.rita, reason: "Not this week.")
        #expect(try await world.engine.downtimes(of: world.id).first?.window == nil)

        let entries = try await calendars(world, People.rita)
        #expect(Set(entries.map(\.uid)).count == 1)
        #expect(
            entries.map(\.sequence) == entries.map(\.sequence).sorted()
                && Set(entries.map(\.sequence)).count == entries.count
        )
        #expect(entries.map(\.method) == [.request, .request, .request, .request, .cancel])
        #expect(entries.map(\.isAgreed) == [false, true, false, true, true])
        // Who stops and starts the traffic hears of what is agreed.
        #expect(try await calendars(world, People.dora).map(\.method) == [.request, .request, .cancel])
        try await Invariants.check(world)
    }

    @Test(
        "A window that is over, or ends when it begins, is neither proposed nor accepted, and a stranger accepts none"
    )
    func past() async throws {
        let world = try await world()
        for (start, end) in [(-600.0, -1.0), (600, 600)] {
            let refusal = await #expect(throws: RenewalRefusal.self) {
                try await propose(world, proposal(world, start, end), People.tina)
            }
            #expect(refusal?.code == .badInput)
        }
        try await propose(world, proposal(world, 0, 600), People.tina)
        let stranger = await #expect(throws: RenewalRefusal.self) {
            _ = try await world.engine.acceptWindow(at: Self.step, of: world.id, by: People.otto)
        }
        #expect(stranger?.code == .wrongOrganisation)
        world.clock.advance(by: .seconds(601))
        let late = await #expect(throws: RenewalRefusal.self) { try await accept(world, People.rita) }
        #expect(late?.code == .badInput)
        #expect(try await world.engine.downtimes(of: world.id).first?.agreed.count == 1)
    }

    @Test("A downtime that has begun is neither moved nor called off; its begin and end are the runtime's")
    func begun() async throws {
        let world = try await world()
        try await world.traffic()
        try await propose(world, proposal(world, 0, 600), People.rita)
        try await accept(world, People.tina)
        try await world.carryOut { $0.steps[4].state == .verified }
        await #expect(throws: RenewalRefusal.self) { try await propose(world, proposal(world, 0, 900), People.tina) }
        await #expect(throws: RenewalRefusal.self) {
            _ = try await world.engine.cancelWindow(at: nil, of: world.id, by: People.tina, reason: "Too late.")
        }
        try await world.carryOut()
        let view = try #require(try await world.engine.downtimes(of: world.id).first)
        let stop = try await world.state().progress(of: "5-undeploy-flow").settledAt
        #expect(view.beganAt == stop && view.endedAt.map { $0 >= view.beganAt ?? $0 } == true)
        #expect(view.lastOldAt.map { $0 <= view.beganAt ?? $0 } == true)
        #expect(view.firstNewAt.map { $0 >= view.beganAt ?? $0 } == true)
        try await Invariants.check(world)
    }

    @Test("A window that overruns is said once to everybody concerned, also by a process that begins anew")
    func overrun() async throws {
        let world = try await world()
        try await propose(world, proposal(world, 0, 600), People.rita)
        try await accept(world, People.tina)
        try await world.carryOut { $0.steps[4].state == .verified }
        try await world.engine.tick()
        #expect(try await !world.engine.notifications(for: People.tina).contains { $0.text.hasPrefix("Alarm") })
        world.clock.advance(by: .seconds(601))
        for _ in 0..<3 { try await world.engine.tick() }
        for person in [People.tina, People.rita, People.dora] {
            let alarms = try await world.engine.notifications(for: person).filter { $0.text.hasPrefix("Alarm") }
            #expect(alarms.count == 1, "\(person)")
        }
        #expect(try await world.show().status == .running)
        #expect(try await world.engine.alerts()[.overrunDowntime] == 1)
        try await world.carryOut()
        try await Invariants.check(world)
    }

    @Test("A downtime that nobody used is called off at its end: traffic stops in an agreed one or not at all")
    func unused() async throws {
        let world = try await world()
        try await propose(world, proposal(world, 600, 1_200), People.rita)
        try await accept(world, People.tina)
        try await world.carryOut { $0.steps[3].state == .verified }
        world.clock.advance(by: .seconds(1_201))
        for _ in 0..<2 { try await world.engine.tick() }
        #expect(try await world.show().steps[2].state == .open)
        let refusal = await #expect(throws: RenewalRefusal.self) {
            try await world.claim("5-undeploy-flow", People.dora)
        }
        #expect(refusal?.reason.contains("No downtime is agreed") == true)
        for person in [People.tina, People.rita, People.dora] {
            let told = try await world.engine.notifications(for: person).filter { $0.text.contains("called off") }
            #expect(told.map(\.calendar?.method) == [.cancel], "\(person)")
        }
        #expect(try await world.node.isDeployed(flow: "orders"))
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("Where the window says so, its end brings the old key back, and the flows serve again")
    func rollsBack() async throws {
        for exchanged in [false, true] {
            let world = try await world()
            try await propose(world, proposal(world, 0, 600, rollsBack: true), People.rita)
            try await accept(world, People.tina)
            try await world.carryOut { $0.steps[exchanged ? 6 : 4].state != .waiting && $0.steps[4].state == .verified }
            if exchanged { try await world.claim("7-exchange", People.tina) }
            #expect(try await !world.node.isDeployed(flow: "orders"))
            world.clock.advance(by: .seconds(601))
            world.node.fail(1)
            try? await world.engine.tick()
            #expect(try await world.show().status == (exchanged ? .rolledBack : .aborted))
            for _ in 0..<2 { try await world.engine.tick() }
            #expect(try await world.node.isDeployed(flow: "orders"))
            #expect(try await world.versions().first?.state == .active)
            #expect(try await world.engine.downtimes(of: world.id).first?.endedAt != nil)
            // Restored once: what a person stops later stays as it is.
            try await world.node.undeploy(flow: "orders")
            try await world.engine.tick()
            #expect(try await !world.node.isDeployed(flow: "orders"))
            try await Invariants.check(world)
        }
    }

    @Test("After the partner has the new key alone, the end of the window raises the alarm and goes nowhere")
    func noWayBack() async throws {
        let world = try await world()
        try await propose(world, proposal(world, 0, 600, rollsBack: true), People.rita)
        try await accept(world, People.tina)
        try await world.carryOut { $0.steps[8].state == .verified }
        world.clock.advance(by: .seconds(601))
        try await world.engine.tick()
        #expect(try await ![.rolledBack, .aborted].contains(world.show().status))
        #expect(try await world.engine.notifications(for: People.tina).contains { $0.text.hasPrefix("Alarm") })
    }

    @Test("An old key that has expired does not come back at the window's end: the alarm is raised, and ticks go on")
    func oldExpired() async throws {
        let world = try await world()
        try await propose(world, proposal(world, 0, 400 * 86_400, rollsBack: true), People.rita)
        try await accept(world, People.tina)
        try await world.carryOut { $0.steps[6].state == .open }
        try await world.claim("7-exchange", People.tina)
        world.clock.advance(by: .seconds(400 * 86_400 + 1))
        for _ in 0..<2 { try await world.engine.tick() }
        #expect(try await world.show().status == .running)
        let alarms = try await world.engine.notifications(for: People.tina).filter { $0.text.hasPrefix("Alarm") }
        #expect(alarms.count == 1)
    }

    @Test("Flows hold messages where the window says so, and never where a sender's messages must stop")
    func hold() async throws {
        let world = try await world()
        try await propose(world, proposal(world, 0, 600, conduct: .hold), People.rita)
        try await accept(world, People.tina)
        try await world.carryOut { $0.steps[4].state == .verified }
        #expect(world.node.held.contains("orders"))
        try await world.carryOut()
        try await Invariants.check(world)

        let inbound = try await self.world(.tenantSignsInboundResponse)
        let refused = proposal(inbound, 0, 600, conduct: .hold)
        await #expect(throws: RenewalRefusal.self) { try await propose(inbound, refused, People.sam) }
    }
}
