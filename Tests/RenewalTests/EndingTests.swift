import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// Overrides, rollback, abort, and what a rehearsal without guards allows.
@Suite struct EndingTests {
    @Test("With too little traffic the exchange stays unproved until two persons accept it")
    func override() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        world.isSending = false
        try await world.carryOut { $0.steps[5].state == .verified }
        let exchange = try #require(try await world.show().steps.first { $0.kind == .exchange })
        #expect(exchange.state == .claimed)
        #expect(exchange.guardView.explanation.contains("0 of 5 messages"))
        try await world.override("5-exchange", People.tina)
        await #expect(throws: RenewalRefusal.self) { try await world.override("5-exchange", People.tina) }
        await #expect(throws: RenewalRefusal.self) { try await world.override("5-exchange", People.dora) }
        try await world.override("5-exchange", People.tom)
        let view = try await world.show()
        #expect(view.steps[4].state == .overridden)
        #expect(view.weakestProof == .asserted)
        try await Invariants.check(world)
    }

    @Test("Without proof of the exchange the old key is neither given up nor destroyed, however long that takes")
    func unprovedExchange() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        world.isSending = false
        try await world.carryOut { $0.steps[11].state == .verified }
        world.clock.advance(by: .seconds(91 * 86_400))
        try await world.engine.tick()
        #expect(try await world.versions().map(\.state) == [.retiring, .active])
        await #expect(throws: RenewalRefusal.self) { try await world.claim("14-destroy", People.tina) }
        world.isSending = true
        try await world.carryOut()
        #expect(try await world.versions().map(\.state) == [.destroyed, .active])
    }

    @Test("What nobody claimed, and what protects messages, is not overridden")
    func notOverridable() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        for step in ["5-undeploy-flow", "7-exchange", "14-destroy"] {
            let step = StepID(rawValue: step)
            await #expect(throws: RenewalRefusal.self) { try await world.override(step, People.tina) }
        }
        let inbound = try await World(.tenantSignsInboundResponse, .single)
        try await inbound.begin()
        let stop = try #require(try await inbound.show().steps.first { $0.kind == .stopSending })
        try await inbound.carryOut(until: stop.id)
        try await inbound.claim(stop.id, People.sam)
        #expect(try await inbound.show().steps.first { $0.id == stop.id }?.state == .claimed)
        let refusal = await #expect(throws: RenewalRefusal.self) { try await inbound.override(stop.id, People.tina) }
        #expect(refusal?.reason.contains("nobody may do without it") == true)
    }

    @Test("Faults that name the new key block the renewal, and a rollback brings the old one back")
    func rollBack() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.steps[5].state == .verified }
        try await world.traffic(1, outcome: .failed)
        try await world.engine.tick()
        let blocked = try await world.show()
        #expect(blocked.status == .blocked)
        #expect(blocked.steps[4].reason?.contains("Roll the renewal back") == true)
        let view = try await world.engine.rollBack(world.id, by: People.tina, reason: "The receiver refuses it.")
        #expect(view.status == .rolledBack)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        let told = try await world.engine.notifications(for: People.rita).last
        #expect(told?.text.contains("The renewal is rolled back. The old key stays in use.") == true)
        #expect(told?.text.contains("Reason: The receiver refuses it.") == true)
        let subjects = try await world.engine.notifications(for: People.tina).map(\.subject)
        #expect(subjects.contains("Renewal of sign-receiver: rolled back"), "\(subjects)")
        #expect(subjects.allSatisfy { !$0.contains("alert-") && !$0.contains("-receiver-") }, "\(subjects)")
        await #expect(throws: RenewalRefusal.self) { try await world.claim("7-remove-old", People.rita) }
    }

    @Test("After a partner handles only the new key there is no way back")
    func noReturn() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        try await world.carryOut { $0.steps[8].state == .verified }
        await #expect(throws: RenewalRefusal.self) {
            _ = try await world.engine.rollBack(world.id, by: People.tina, reason: "Too late.")
        }
        #expect(try await world.versions().map(\.state) == [.retiring, .active])
    }

    @Test("What a partner was told that it can use stays accepted when the renewal is given up")
    func abortBehindPartner() async throws {
        let useCases: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantDecryptsOutboundResponse]
        let world = try await World(useCases, sender: .dual, receiver: .dual)
        try await world.begin()
        let view = try await world.show()
        let configure = try #require(
            view.steps.first { $0.kind == .configurePartner && $0.useCases == [.tenantDecryptsOutboundResponse] }
        )
        try await world.carryOut(until: configure.id)
        _ = try await world.engine.abort(world.id, by: People.tina, reason: "Not today.")
        #expect(try await world.versions().map(\.state) == [.active, .staged])
    }

    @Test("An old version that is only kept stays accepted while a message under way needs it")
    func keptAccepted() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        try await world.carryOut { $0.exchangedAt != nil }
        let old = KeyVersionID(alias: world.alias, number: 1)
        try await world.underWay(old, true)
        try await world.carryOut { $0.status == .retaining }
        try await world.engine.tick(all: true)
        #expect(try await world.show().status == .retaining)
        #expect(try await world.versions().map(\.state) == [.retiring, .active])
        try await world.underWay(old, false)
        try await world.engine.tick(all: true)
        #expect(try await world.versions().map(\.state) == [.retired, .active])
    }

    @Test("The second person's word destroys nothing while a message under way needs the old key")
    func destroyedLater() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { view in view.steps.contains { $0.kind == .destroy && $0.state == .claimed } }
        let step = try #require(try await world.show().steps.last)
        let old = KeyVersionID(alias: world.alias, number: 1)
        try await world.underWay(old, true)
        let refusal = await #expect(throws: RenewalRefusal.self) { try await world.claim(step.id, People.tom) }
        #expect(refusal?.reason.contains("1 message(s) of the old key are still in the system") == true)
        #expect(try await world.versions().map(\.state) == [.retired, .active])
        try await world.underWay(old, false)
        try await world.claim(step.id, People.tom)
        #expect(try await world.versions().map(\.state) == [.destroyed, .active])
    }

    @Test("An aborted renewal gives its new version up, tells everyone, and leaves room for the next")
    func abort() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        try await world.carryOut(until: "7-exchange")
        let view = try await world.engine.abort(world.id, by: People.tina, reason: "Not today.")
        #expect(view.status == .aborted)
        #expect(try await world.versions().map(\.state) == [.active, .retired])
        let told = try await world.engine.notifications(for: People.dora).last
        #expect(told?.text.contains("Deploy the flows again") == true)
        try await world.node.deploy(flow: "orders")
        world.partnerVersion = 1
        try await world.begin()
        try await world.carryOut()
        #expect(try await world.versions().map(\.state) == [.destroyed, .retired, .active])
    }

    @Test("A rehearsal without guards accepts an early exchange and says so; the clock of destruction holds")
    func unguarded() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.mode = .rehearsalUnguarded
        try await world.begin()
        try await world.claim("1-create-key-pair", People.tina)
        try await world.claim("5-exchange", People.tina)
        #expect(try await world.versions().map(\.state) == [.retiring, .active])
        let view = try await world.show()
        #expect(view.isUnguarded)
        #expect(view.steps[4].state == .verified)
        #expect(view.steps[4].guardView.explanation.contains("guards are off"))
        let claim = try await world.engine.journal(of: world.id)
            .last {
                if case .claimed = $0.event { true } else { false }
            }
        #expect(claim?.event.detail.contains("out of order") == true)
        await #expect(throws: RenewalRefusal.self) { try await world.claim("9-destroy", People.tina) }
    }

    @Test("A person's step that nobody does becomes overdue once, and its role is reminded")
    func overdue() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut(until: "3-configure-partner")
        world.clock.advance(by: world.settings.reminderWait + .seconds(1))
        try await world.engine.tick()
        try await world.engine.tick()
        let step = try #require(try await world.show().steps.first { $0.id.rawValue == "3-configure-partner" })
        #expect(step.isOverdue)
        let reminders = try await world.engine.notifications(for: People.rita).filter { $0.text.contains("Overdue") }
        #expect(reminders.count == 1)
    }

    @Test("The downtime is what both parties' windows have in common; one that has passed by is proposed anew")
    func windows() async throws {
        let world = try await World(.tenantSignsInboundResponse, .single)
        try await world.begin()
        try await world.carryOut(until: "3-agree-downtime")
        let now = world.clock.now
        let (first, second) = (window(now, 0, 600), window(now, 300, 900))
        try await world.claim("3-agree-downtime", People.sam, StepInput(downtime: first))
        await #expect(throws: RenewalRefusal.self) { try await world.claim("3-agree-downtime", People.sam) }
        world.clock.advance(by: .seconds(700))
        try await world.claim("3-agree-downtime", People.tina, StepInput(downtime: second))
        #expect(try await world.show().steps[2].state == .open)
        let apart = StepInput(downtime: window(now, 1_000, 1_200))
        await #expect(throws: RenewalRefusal.self) { try await world.claim("3-agree-downtime", People.sam, apart) }
        let near = StepInput(downtime: window(now, 800, 1_200))
        try await world.claim("3-agree-downtime", People.sam, near)
        #expect(try await world.show().steps[2].state == .verified)
        #expect(try await world.engine.downtimes(of: world.id).map(\.window) == [window(now, 800, 900)])
    }

    private func window(_ now: Date, _ start: TimeInterval, _ end: TimeInterval) -> DowntimeWindow {
        DowntimeWindow(start: now.addingTimeInterval(start), end: now.addingTimeInterval(end))
    }

    @Test("A downtime that lies ahead keeps the flow deployed until it begins")
    func downtimeAhead() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        try await world.carryOut(until: "3-agree-downtime")
        let start = world.clock.now.addingTimeInterval(3_600)
        let window = DowntimeWindow(start: start, end: start.addingTimeInterval(600))
        try await world.claim("3-agree-downtime", People.tina, StepInput(downtime: window))
        try await world.claim("3-agree-downtime", People.rita)
        try await world.carryOut { $0.steps[3].state == .verified }
        await #expect(throws: RenewalRefusal.self) { try await world.claim("5-undeploy-flow", People.dora) }
        world.clock.set(to: start)
        try await world.claim("5-undeploy-flow", People.dora)
        #expect(try await !world.node.isDeployed(flow: "orders"))
    }
}
