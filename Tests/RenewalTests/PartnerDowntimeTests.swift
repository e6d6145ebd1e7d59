import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("Where each partner moves by itself, its downtime is taken back by itself")
struct PartnerDowntimeTests {
    private static let length: TimeInterval = 600

    /// One key with which the tenant signs for a sender and a receiver, of which only the receiver needs a downtime.
    private func world(
        _ first: String,
        _ second: String,
        sender: PartnerCapability.Keys = .dual,
        receiver: PartnerCapability.Keys = .single
    ) async throws -> World {
        let cases: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantSignsInboundResponse]
        let world = try await World(cases, sender: sender, receiver: receiver)
        let order = try [first, second].map { try PartnerID($0) }
        world.id = try await world.plan(PlanChoices(isPerPartner: true, order: order))
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        return world
    }

    private func step(_ world: World, _ kind: StepKind, _ partner: String) async throws -> StepView {
        let state = try await world.state()
        let id = state.steps(kind)
            .first { step in step.tracks.contains { state.plan.tracks[$0].partner.rawValue == partner } }?
            .id
        return try #require(try await world.show().steps.first { $0.id == id })
    }

    /// Both agree to a downtime whose end brings the old key back.
    private func agree(_ world: World, with partner: Actor, after wait: TimeInterval = 0) async throws {
        let start = world.clock.now.addingTimeInterval(wait)
        let window = DowntimeWindow(start: start, end: start.addingTimeInterval(Self.length))
        let step = try await step(world, .agreeDowntime, partner.organisation).id
        let proposal = WindowProposal(window: window, rollsBack: true)
        _ = try await world.engine.propose(proposal, at: step, of: world.id, by: People.tina)
        _ = try await world.engine.acceptWindow(at: step, of: world.id, by: partner)
    }

    /// Up to the moment at which this step may be done, which nobody does.
    private func carryOut(_ world: World, until kind: StepKind, _ partner: String) async throws {
        let id = try await step(world, kind, partner).id
        try await world.carryOut { view in view.steps.contains { $0.id == id && $0.guardView.letsAct } }
    }

    private func letWindowEnd(_ world: World) async throws {
        world.clock.advance(by: .seconds(Self.length + 1))
        for _ in 0..<2 { try await world.engine.tick() }
    }

    private func told(_ person: Actor, _ word: String, in world: World) async throws -> [RenewalNotification] {
        try await world.engine.notifications(for: person).filter { $0.subject.contains(word) }
    }

    /// Everything of one partner's downtime is to be done again, its flow serves with the old key, and nobody knows of an end.
    private func expectTakenBack(_ world: World, _ partner: String) async throws {
        #expect(try await world.show().status == .running)
        #expect(try await world.protecting(PartnerID(partner)) == [true, false])
        #expect(try await world.node.isDeployed(flow: "orders"))
        #expect(try await step(world, .agreeDowntime, partner).state == .open)
        #expect(try await step(world, .exchange, partner).state == .waiting)
        let agreement = try await step(world, .agreeDowntime, partner).id
        let downtime = try #require(try await world.engine.downtimes(of: world.id).first { $0.id == agreement })
        #expect(downtime.window == nil && downtime.beganAt == nil && downtime.takenBack.count == 1)
    }

    @Test("Each partner is told of its own downtime, and of no other partner's")
    func toldOfTheirOwn() async throws {
        let world = try await world("sender", "receiver", sender: .single)
        try await carryOut(world, until: .agreeDowntime, "sender")
        try await agree(world, with: People.sam, after: 3_600)
        try await carryOut(world, until: .agreeDowntime, "receiver")
        try await agree(world, with: People.rita, after: 7_200)
        world.clock.advance(by: .seconds(7_200))
        try await world.carryOut()
        let downtimes = try await world.engine.downtimes(of: world.id)
        for person in [People.sam, People.rita] {
            let own = downtimes.first { $0.parties.contains { $0.organisation == person.organisation } }
            let window = try #require(own?.window)
            let words =
                "Agreed downtime: \(window.start.formatted(.iso8601)) to \(window.end.formatted(.iso8601))."
            let texts = try await world.engine.notifications(for: person).map(\.text)
                .filter { $0.contains("Agreed downtime") }
            #expect(!texts.isEmpty)
            for text in texts { #expect(text.contains(words), "\(person.name): \(text)") }
        }
    }

    @Test(
        "The last partner's overrun takes it back alone; the one that has moved stays, also when its old key is gone",
        arguments: [false, true]
    )
    func last(removesOld: Bool) async throws {
        let world = try await world("sender", "receiver")
        let sender = try PartnerID("sender")
        let move = try await step(world, .exchange, "sender").id
        try await world.carryOut { view in view.steps.contains { $0.id == move && $0.state == .verified } }
        try await agree(world, with: People.rita, after: removesOld ? 3_600 : 0)
        if removesOld {
            for told in try await world.engine.notifications(for: People.sam) {
                _ = try await world.engine.acknowledge(told.id, by: People.sam)
            }
            world.clock.advance(by: world.settings.removalWait)
            try await world.claim(step(world, .removeOld, "sender").id, People.sam)
            world.clock.advance(by: .seconds(3_600))
        }
        try await carryOut(world, until: .exchange, "receiver")
        try await world.claim(step(world, .exchange, "receiver").id, People.tina)
        #expect(try await world.show().exchangedAt != nil)
        let moved = try await world.state().progress(of: move)
        try await letWindowEnd(world)

        try await expectTakenBack(world, "receiver")
        let view = try await world.show()
        #expect(view.exchangedAt == nil && Array(view.movedPartners.keys) == [sender])
        #expect(try await world.protecting(sender) == [false, true])
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        #expect(try await world.state().progress(of: move) == moved)
        for person in [People.tina, People.rita, People.dora] {
            let texts = try await told(person, "taken back", in: world).map(\.text)
            #expect(texts.count == 1 && texts.allSatisfy { $0.contains("sender stay(s) at the new key") }, "\(texts)")
        }
        #expect(try await told(People.sam, "taken back", in: world).isEmpty)

        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        #expect(try await world.versions().map(\.state) == [.destroyed, .active])
        try await Invariants.check(world)
    }

    @Test("The first partner's overrun takes it back alone, whether or not it has moved", arguments: [false, true])
    func first(moves: Bool) async throws {
        let world = try await world("receiver", "sender")
        try await carryOut(world, until: .undeployFlow, "receiver")
        try await agree(world, with: People.rita)
        try await carryOut(world, until: .exchange, "receiver")
        if moves {
            try await world.claim(step(world, .exchange, "receiver").id, People.tina)
            #expect(try await world.show().movedPartners.count == 1)
        }
        let configured = try await step(world, .configurePartner, "sender").state
        try await letWindowEnd(world)

        try await expectTakenBack(world, "receiver")
        #expect(try await world.show().movedPartners.isEmpty)
        #expect(try await step(world, .configurePartner, "sender").state == configured)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("A sender that stopped and did not change its system is told to start again")
    func silence() async throws {
        let world = try await world("sender", "receiver", sender: .single, receiver: .dual)
        try await carryOut(world, until: .stopSending, "sender")
        try await agree(world, with: People.sam)
        try await carryOut(world, until: .configurePartner, "sender")
        try await letWindowEnd(world)
        try await expectTakenBack(world, "sender")
        #expect(try await told(People.sam, "taken back", in: world).last?.text.contains("Start sending again") == true)
        world.isSending = true
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("A partner that may have the new key alone is not taken back, and neither is anybody else")
    func confirmed() async throws {
        let world = try await world("receiver", "sender")
        try await carryOut(world, until: .undeployFlow, "receiver")
        try await agree(world, with: People.rita)
        try await carryOut(world, until: .configurePartner, "receiver")
        try await world.claim(step(world, .configurePartner, "receiver").id, People.rita)
        try await letWindowEnd(world)
        #expect(try await told(People.rita, "taken back", in: world).isEmpty)
        #expect(try await told(People.rita, "overrun", in: world).count == 1)
        #expect(try await world.show().movedPartners.count == 1)
        let refusal = await #expect(throws: RenewalRefusal.self) {
            _ = try await world.engine.rollBack(
                world.id,
                partner: PartnerID("receiver"),
                by: People.tina,
                reason: "Too late."
            )
        }
        #expect(refusal?.reason.contains("the old key is not handled everywhere") == true)
    }

    @Test("A person takes a partner's downtime back as long as it has the old key, whatever the window says")
    func byHand() async throws {
        let world = try await world("sender", "receiver")
        try await carryOut(world, until: .exchange, "receiver")
        let receiver = try PartnerID("receiver")
        await #expect(throws: RenewalRefusal.self) {
            _ = try await world.engine.rollBack(world.id, partner: receiver, by: People.rita, reason: "Not mine.")
        }
        _ = try await world.engine.rollBack(world.id, partner: receiver, by: People.tina, reason: "Not today.")
        try await expectTakenBack(world, "receiver")
        #expect(try await world.show().movedPartners.count == 1)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("Until the flows serve again no other downtime is agreed, and a runtime that failed is asked again")
    func restoring() async throws {
        let world = try await world("receiver", "sender")
        try await carryOut(world, until: .undeployFlow, "receiver")
        try await agree(world, with: People.rita)
        try await carryOut(world, until: .exchange, "receiver")
        world.clock.advance(by: .seconds(Self.length + 1))
        world.node.fail(2)
        try? await world.engine.tick()
        #expect(try await !world.node.isDeployed(flow: "orders"))
        let refusal = await #expect(throws: RenewalRefusal.self) { try await agree(world, with: People.rita) }
        #expect(refusal?.reason.contains("orders does not flow yet") == true)
        for _ in 0..<2 { try? await world.engine.tick() }
        try await expectTakenBack(world, "receiver")
        // Deployed again once: what a person stops later stays as it is.
        try await world.node.undeploy(flow: "orders")
        try await world.engine.tick()
        #expect(try await !world.node.isDeployed(flow: "orders"))
    }

    @Test("The mail of such a downtime says whom its end concerns")
    func mail() async throws {
        let world = try await world("receiver", "sender")
        try await carryOut(world, until: .undeployFlow, "receiver")
        try await agree(world, with: People.rita)
        let texts = try await world.engine.notifications(for: People.rita).map(\.text)
        #expect(
            texts.last { $0.contains("is proposed") }?.contains("for receiver alone, nobody else is touched") == true
        )
    }

    @Test("A journal with such a way back folds the same at every position, also from its JSON")
    func folds() async throws {
        let world = try await world("sender", "receiver")
        try await carryOut(world, until: .exchange, "receiver")
        let receiver = try PartnerID("receiver")
        _ = try await world.engine.rollBack(world.id, partner: receiver, by: People.tina, reason: "Not today.")
        try await world.carryOut()
        let entries = try await world.engine.journal(of: world.id)
        let read = try entries.map {
            try JournalEntry(renewal: $0.renewal, sequence: $0.sequence, payload: $0.payload())
        }
        #expect(read == entries)
        let back = try #require(entries.first { $0.event.name == "takenBack" })
        #expect(try back.payload().contains(#""takenBack":{"generation""#))
        var stepwise = try RenewalState(folding: Array(read.prefix(1)), of: world.id)
        for entry in read.dropFirst() { try stepwise.apply(entry) }
        #expect(try await stepwise == world.state())
    }
}
