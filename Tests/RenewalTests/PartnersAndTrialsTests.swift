import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import Testing

@Suite("A partner that moved by itself meets trials, a compromise and the end of the renewal")
struct PartnersAndTrialsTests {
    @Test("Its canary ends with its move, and does not begin again when it is taken back")
    func canary() async throws {
        let world = try await Self.world()
        let receiver = try PartnerID("receiver")
        try await world.carryOut { view in view.steps.contains { $0.kind == .exchange && $0.state == .open } }
        _ = try await world.engine.setCanary(world.id, with: receiver, percent: 100, by: People.tina)
        #expect(world.node.trials.canaries.map(\.permille) == [1000])
        try await world.trial(outcome: .succeeded, 5)
        try await world.carryOut { view in view.movedPartners[receiver] != nil }
        try await world.engine.tick()
        #expect(world.node.trials.canaries.isEmpty)
        // What the canary showed before is not what proves the move.
        #expect(try await world.show().steps.contains { $0.kind == .exchange && $0.state == .claimed })
        let refusal = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.setCanary(world.id, with: receiver, percent: 1, by: People.tina)
        }
        #expect(refusal?.code == .wrongState)
        _ = try await world.engine.rollBack(world.id, partner: receiver, by: People.tina, reason: "faults")
        try await world.engine.tick()
        #expect(world.node.trials.canaries.isEmpty)
    }

    @Test("Failures before it was taken back do not count again; one after its second move does")
    func failsAgain() async throws {
        let world = try await Self.world()
        try await world.carryOut { view in !view.movedPartners.isEmpty }
        let moved = try #require(try await world.show().movedPartners.keys.first)
        try await world.traffic(outcome: .failed)
        try await world.engine.tick()
        _ = try await world.engine.rollBack(world.id, partner: moved, by: People.tina, reason: "faults")
        try await world.carryOut { view in view.movedPartners[moved] != nil }
        try await world.engine.tick()
        #expect(try await world.show().status == .running)
        try await world.traffic(1, outcome: .failed)
        try await world.engine.tick()
        #expect(try await world.show().status == .blocked)
    }

    @Test(
        "A compromised version protects for nobody, whether it is the old one or the assigned one",
        arguments: [1, 2]
    )
    func compromise(number: Int) async throws {
        let world = try await Self.world()
        try await world.carryOut { view in view.movedPartners.count == 1 }
        let id = KeyVersionID(alias: world.alias, number: number)
        for person in [People.tina, People.tom] {
            guard try await world.versions().contains(where: { $0.id == id && $0.state != .compromised }) else { break }
            _ = try await world.engine.compromise(id, usages: try world.usages, reason: "It was mailed.", by: person)
        }
        let alias = world.alias
        let (assignments, protecting) = try await world.store.read { (transaction: any KeystoreTransaction) in
            let versions = try transaction.versions(of: alias).map(\.id)
            let partners = try ["sender", "receiver"].map { try PartnerID($0) }
            return (
                try transaction.assignments(of: alias).count,
                try partners.map { partner in
                    try versions.filter { try transaction.protects($0, for: partner) }.map(\.number)
                }
            )
        }
        #expect(assignments == 0)
        #expect(protecting == [[3 - number], [3 - number]])
        #expect(try await world.show().status == .compromised)
    }

    @Test(
        "Giving up a renewal with two keys at once leaves the old one alone in use, though the new one stays accepted"
    )
    func abortWhileDoubled() async throws {
        let cases: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantDecryptsInboundRequest]
        let world = try await World(cases, sender: .dual, receiver: .single)
        let receiver = try PartnerID("receiver")
        world.id = try await world.engine
            .create(
                world.alias,
                usages: try world.usages,
                capabilities: world.capabilities,
                choices: PlanChoices(doubled: [receiver]),
                by: People.tina
            )
            .id
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        try await world.carryOut { view in
            let doubled = view.steps.contains { $0.kind == .protectTwice && ![.waiting, .open].contains($0.state) }
            return doubled
                && view.steps.contains { step in
                    step.kind == .configurePartner && step.organisation == "sender" && step.state != .waiting
                }
        }
        _ = try await world.engine.abort(world.id, by: People.tina, reason: "Not today.")
        let alias = world.alias
        let assignments = try await world.store.read { (transaction: any KeystoreTransaction) in
            try transaction.assignments(of: alias)
        }
        #expect(assignments.isEmpty)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
    }

    @Test("What is refused to a partner's administrator names no other partner")
    func otherPartners() async throws {
        let world = try await Self.world()
        try await world.carryOut { view in view.steps.first?.state == .verified }
        let steps = try await world.show().steps
        let own = try #require(steps.first { $0.kind == .removeOld && $0.organisation == "sender" }).id
        let foreign = try #require(steps.first { $0.kind == .configurePartner && $0.organisation == "receiver" }).id
        for step in [own, foreign] {
            let refusal = await #expect(throws: RenewalRefusal.self) { try await world.claim(step, People.sam) }
            let text = refusal.map { "\($0)" } ?? ""
            #expect(!text.contains("of receiver") && text.contains("of another partner"), "\(text)")
        }
        let told = await #expect(throws: RenewalRefusal.self) { try await world.claim(foreign, People.tina) }
        #expect(told?.reason.contains("receiver administrator of receiver") == true)
    }

    /// A key that the tenant signs with for two partners, each of which moves by itself: the receiver first.
    private static func world() async throws -> World {
        let cases: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantSignsInboundResponse]
        let world = try await World(cases, sender: .dual, receiver: .dual)
        world.id = try await world.engine
            .create(
                world.alias,
                usages: try world.usages,
                capabilities: world.capabilities,
                choices: PlanChoices(isPerPartner: true, order: try ["receiver", "sender"].map { try PartnerID($0) }),
                by: People.tina
            )
            .id
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        return world
    }
}
