import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("Each partner that verifies a key of the tenant moves by itself where the plan says so")
struct PerPartnerTests {
    @Test("One partner's messages have the new key while the others keep the old; the alias changes with the last one")
    func course() async throws {
        let world = try await Self.world()
        let exchanges = try await world.state().steps(.exchange)
        #expect(exchanges.count == 2)
        try await world.carryOut { view in view.movedPartners.count == 1 }
        let moved = try #require(try await world.show().movedPartners.keys.first)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        for name in ["sender", "receiver"] {
            let partner = try PartnerID(name)
            let expected = partner == moved ? [false, true] : [true, false]
            #expect(
                try await world.protecting(partner) == expected,
                "exactly one version is the current one of \(name)"
            )
        }
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        #expect(try await world.versions().map(\.state) == [.destroyed, .active])
        #expect(try await world.protecting(moved) == [false, true])
        try await Invariants.check(world)
    }

    @Test("While one partner is left, nothing says when the old key could be given up")
    func clocksOfAll() async throws {
        let cases: [UseCaseName] = [
            .tenantSignsOutboundRequest, .tenantSignsInboundResponse, .tenantDecryptsInboundRequest,
        ]
        let world = try await World(cases, sender: .dual, receiver: .dual)
        world.id = try await world.plan(PlanChoices(isPerPartner: true))
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        try await world.carryOut { view in view.movedPartners.count == 1 }
        let steps = try await world.show().steps
            .filter { step in
                [.retain, .destroy].contains(step.kind) || step.kind == .removeOld && step.role == .tenantAdministrator
            }
        #expect(steps.count == 3 && steps.allSatisfy { $0.guardView.notBefore == nil })
        #expect(steps.first?.guardView.explanation.contains("The old key is the one in use.") == true)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
    }

    @Test("Partners move in the order of the plan, each after traffic has shown that the one before it did")
    func order() async throws {
        let order = try ["receiver", "sender"].map { try PartnerID($0) }
        let world = try await Self.world(order: order)
        try await world.carryOut()
        let moves = try await world.engine.journal(of: world.id)
            .compactMap { entry -> String? in
                switch entry.event {
                case .moved(_, let partner, _, _): partner.rawValue
                case .exchanged: "alias"
                default: nil
                }
            }
        #expect(moves == ["receiver", "alias"])
        try await Invariants.check(world)
    }

    @Test(
        "With downtimes in an order on one flow, the next begins when traffic has proved the move before it",
        arguments: [["receiver", "sender"], ["sender", "receiver"]]
    )
    func orderedDowntimes(_ names: [String]) async throws {
        let world = try await Self.world(order: try names.map { try PartnerID($0) }, keys: .single)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("Whoever would stop the next partner's traffic early is told which proof of the move before it is missing")
    func tooEarly() async throws {
        let world = try await Self.world(order: try ["receiver", "sender"].map { try PartnerID($0) }, keys: .single)
        try await world.carryOut { view in view.movedPartners.count == 1 }
        let state = try await world.state()
        let move = try #require(state.steps(.exchange).first { state.progress(of: $0.id).state == .claimed })
        let stop = try #require(state.plan.steps.first { state.missing(before: $0).contains(move.id) })
        let person = try #require(People.all.first { $0.holds(stop.by) })
        let refusal = await #expect(throws: RenewalRefusal.self) { try await world.claim(stop.id, person) }
        #expect(refusal?.code == .notOpen && refusal?.reason.contains("before it come \(move.id)") == true)
        #expect(refusal?.remedy.hasPrefix("Wait for the proof of \(move.id): ") == true)
        // The next partner, who is not told what the traffic of the one before shows.
        let proof = try #require(try await world.show().steps.first { $0.id == move.id }).guardView.explanation
        #expect(person == People.sam && proof.contains("receiver"), "\(person): \(proof)")
        #expect(refusal?.remedy.contains(proof) == false)
    }

    @Test("One partner's move is taken back and done again; nobody else is touched, and its old failures are forgiven")
    func takingBack() async throws {
        let world = try await Self.world()
        try await world.carryOut { view in view.movedPartners.count == 1 }
        let moved = try #require(try await world.show().movedPartners.keys.first)
        try await world.traffic(outcome: .failed)
        try await world.engine.tick()
        #expect(try await world.show().status == .blocked)
        let other = try PartnerID(moved.rawValue == "sender" ? "receiver" : "sender")
        let refusal = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.rollBack(world.id, partner: other, by: People.tina, reason: "wrong one")
        }
        #expect(refusal?.code == .wrongState)
        await #expect(throws: RenewalRefusal.self) {
            try await world.engine.rollBack(world.id, partner: moved, by: People.dora, reason: "not mine")
        }
        let back = try await world.engine.rollBack(world.id, partner: moved, by: People.tina, reason: "faults")
        #expect(back.movedPartners.isEmpty && back.status == .running)
        #expect(try await world.protecting(moved) == [true, false])
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("A partner goes back neither to a key that has expired nor when its system has the new key alone")
    func noWayBack() async throws {
        let expired = try await Self.world()
        try await expired.carryOut { view in view.movedPartners.count == 1 }
        let end = try #require(try await expired.versions().first?.validity?.upperBound)
        expired.clock.set(to: end.addingTimeInterval(1))
        #expect(try await Self.refusalToGoBack(expired).contains("expired at"))
        let single = try await Self.world(keys: .single)
        try await single.carryOut { view in
            let isConfigured = view.steps.contains { $0.kind == .configurePartner && $0.state == .verified }
            return view.movedPartners.count == 1 && isConfigured
        }
        #expect(try await Self.refusalToGoBack(single).contains("the old key is not handled everywhere"))
    }

    /// Why the partner that moved stays where it is.
    private static func refusalToGoBack(_ world: World) async throws -> String {
        let moved = try #require(try await world.show().movedPartners.keys.first)
        let refusal = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.rollBack(world.id, partner: moved, by: People.tina, reason: "faults")
        }
        #expect(try await world.show().movedPartners.keys.contains(moved))
        return refusal?.reason ?? ""
    }

    @Test("The whole renewal is rolled back while some have moved: the old key protects for all")
    func rollingBackAll() async throws {
        let world = try await Self.world()
        try await world.carryOut { view in view.movedPartners.count == 1 }
        await #expect(throws: RenewalRefusal.self) {
            try await world.engine.abort(world.id, by: People.tina, reason: "too late to abort")
        }
        _ = try await world.engine.rollBack(world.id, by: People.tina, reason: "not today")
        for name in ["sender", "receiver"] { #expect(try await world.protecting(PartnerID(name)) == [true, false]) }
    }

    @Test("With two signatures or two recipients there is no downtime, and both versions protect meanwhile")
    func doubled() async throws {
        for (useCase, name) in [
            (UseCaseName.tenantSignsOutboundRequest, "receiver"), (.tenantEncryptsInboundResponse, "sender"),
        ] {
            let world = try await World(useCase, .single)
            let partner = try PartnerID(name)
            world.id = try await world.plan(PlanChoices(doubled: [partner]))
            _ = try await world.engine.approve(world.id, by: People.tina)
            let view = try await world.engine.start(world.id, by: People.tina)
            #expect(!view.steps.contains { [.agreeDowntime, .undeployFlow, .stopSending].contains($0.kind) })
            try await world.carryOut { view in
                view.steps.contains { $0.kind == .configurePartner && $0.state == .open }
            }
            #expect(try await world.protecting(partner) == [true, true])
            try await world.carryOut { view in
                view.steps.contains { $0.kind == .configurePartner && [.claimed, .verified].contains($0.state) }
            }
            let refusal = await #expect(throws: RenewalRefusal.self) {
                _ = try await world.engine.abort(world.id, by: People.tina, reason: "too late to abort")
            }
            #expect(refusal?.reason.contains("the old key is not handled everywhere") == true)
            #expect(try await world.protecting(partner) == [true, true])
            try await world.carryOut()
            #expect(try await world.show().status == .completed)
            #expect(try await world.versions().map(\.state) == [.destroyed, .active])
            try await Invariants.check(world)
        }
    }

    /// A key that the tenant signs with for two partners, planned so that each moves by itself, and started.
    private static func world(
        order: [PartnerID] = [],
        keys: PartnerCapability.Keys = .dual
    ) async throws -> World {
        let cases: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantSignsInboundResponse]
        let world = try await World(cases, sender: keys, receiver: keys)
        world.id = try await world.plan(PlanChoices(isPerPartner: true, order: order))
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        return world
    }
}

extension World {
    /// Which of the alias's versions protect messages of a partner, by number.
    func protecting(_ partner: PartnerID) async throws -> [Bool] {
        let alias = alias
        return try await store.read { (transaction: any KeystoreTransaction) in
            try transaction.versions(of: alias).map { try transaction.protects($0.id, for: partner) }
        }
    }
}
