import Foundation
import Keystore
import Messaging
import Renewal
import TestSupport
import Testing

/// Trying the new key out with the partner before the exchange.
@Suite struct ProbeTests {
    private static let cases: [UseCaseName] = [.tenantSignsOutboundRequest, .tenantEncryptsOutboundRequest]

    /// A renewal whose partner said that it handles the new key, on a flow with a probe.
    private func configured(_ useCase: UseCaseName, _ outcomes: [ProbeFinding.Outcome]) async throws -> World {
        let world = try await World(useCase, .dual)
        world.node.trials.offer(ProofWays(hasProbe: true), on: "orders")
        world.node.trials.answer(outcomes)
        try await world.begin()
        try await world.carryOut { view in
            view.steps.prefix { $0.kind != .exchange }.allSatisfy { $0.state == .verified }
        }
        try await world.engine.tick()
        return world
    }

    @Test(
        "The probe of a flow goes out by itself under the staged version, and lifts the partner's word",
        arguments: cases
    )
    func accepted(useCase: UseCaseName) async throws {
        let world = try await configured(useCase, [.accepted])
        let probe = try #require(world.node.trials.sent.first)
        #expect(world.node.trials.sent.count == 1)
        #expect(probe.version.number == 2)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        let view = try await world.show()
        let partner = view.steps.filter { step in
            step.kind == .configurePartner || step.kind == .createKeyPair && step.role != .tenantAdministrator
        }
        #expect(!partner.isEmpty && partner.allSatisfy { $0.guardView.reachedGrade == .probed })
        try await world.carryOut()
        #expect(world.node.trials.sent.count == 1)
        #expect(try await world.show().weakestProof == .probed)
        try await Invariants.check(world)
    }

    @Test(
        "A security fault to the probe refuses the exchange, says so and what to do, until a probe is accepted",
        arguments: cases
    )
    func refused(useCase: UseCaseName) async throws {
        let world = try await configured(useCase, [.refused, .accepted])
        let exchange = try #require(try await world.show().steps.first { $0.kind == .exchange })
        let refusal = await #expect(throws: RenewalRefusal.self) { try await world.claim(exchange.id, People.tina) }
        #expect(refusal?.description.contains("refused the probe on orders under \(world.alias) version 2") == true)
        #expect(refusal?.remedy.contains("rekey renewal probe \(world.id) --partner receiver") == true)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
        let alerts = try await world.engine.notifications(for: People.tina)
            .filter { $0.text.contains("refused the probe") }
        #expect(alerts.count == 1)
        _ = try await world.engine.probe(world.id, with: PartnerID("receiver"), by: People.tina)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("A probe that showed nothing is sent again after its wait, and the exchange waits for it")
    func inconclusive() async throws {
        let world = try await configured(.tenantSignsOutboundRequest, [.inconclusive, .accepted])
        try await world.engine.tick()
        #expect(world.node.trials.sent.count == 1)
        let exchange = try #require(try await world.show().steps.first { $0.kind == .exchange })
        await #expect(throws: RenewalRefusal.self) { try await world.claim(exchange.id, People.tina) }
        world.clock.advance(by: world.settings.probeWait)
        try await world.engine.tick()
        #expect(world.node.trials.sent.count == 2)
        try await world.carryOut()
        try await Invariants.check(world)
    }

    @Test(
        "A sender's self-test is on offer while the new key is staged, and the exchange waits until it was passed",
        arguments: [UseCaseName.tenantSignsInboundResponse, .tenantEncryptsInboundResponse]
    )
    func selfTest(useCase: UseCaseName) async throws {
        let world = try await World(useCase, .dual)
        world.node.trials.offer(ProofWays(selfTestPath: "/in/orders/self-test"), on: "orders")
        try await world.begin()
        #expect(world.node.trials.offered.isEmpty)
        try await world.carryOut { view in
            view.steps.prefix { $0.kind != .exchange }.allSatisfy { $0.state == .verified }
        }
        #expect(world.node.trials.offered.map(\.version.number) == [2])
        let exchange = try #require(try await world.show().steps.first { $0.kind == .exchange })
        let refusal = await #expect(throws: RenewalRefusal.self) { try await world.claim(exchange.id, People.tina) }
        #expect(refusal?.reason.contains("has not called the self-test /in/orders/self-test") == true)
        world.node.trials.pass()
        try await world.carryOut()
        #expect(world.node.trials.offered.isEmpty)
        #expect(try await world.show().weakestProof == .probed)
        let entries = try await world.engine.journal(of: world.id).filter { $0.event.name == "probed" }
        #expect(entries.count == 1)
        try await Invariants.check(world)
    }

    @Test("Messages of trials do not prove the exchange, nor do those refused then disprove it")
    func trialsAreNoTraffic() async throws {
        let world = try await configured(.tenantSignsOutboundRequest, [.accepted])
        try await world.trial(outcome: .succeeded, 50)
        try await world.trial(outcome: .failed, 2)
        world.isSending = false
        try await world.carryOut { $0.exchangedAt != nil }
        try await world.engine.tick()
        let exchange = try #require(try await world.show().steps.first { $0.kind == .exchange })
        #expect(exchange.state == .claimed)
        #expect(exchange.guardView.explanation.contains("0 of 5 messages"))
        world.isSending = true
        try await world.carryOut()
        try await Invariants.check(world)
    }

    @Test("Only a coordinator probes, only a receiver, and only a staged key")
    func refusals() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        let (sender, receiver) = (try PartnerID("sender"), try PartnerID("receiver"))
        await #expect(throws: RenewalRefusal.self) {
            try await world.engine.probe(world.id, with: receiver, by: People.dora)
        }
        let early = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.probe(world.id, with: receiver, by: People.tina)
        }
        #expect(early?.reason.contains("no new key") == true)
        try await world.carryOut { $0.newVersion != nil }
        let stranger = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.probe(world.id, with: sender, by: People.tina)
        }
        #expect(stranger?.remedy == "Name one of: receiver.")
        let unset = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.probe(world.id, with: receiver, by: People.tina)
        }
        #expect(unset?.remedy.contains("receiver.probe") == true)
    }

    @Test("Killed at any moment of it, a probe is journalled or sent again, and the renewal ends the same")
    func killed() async throws {
        for offset in 0..<3 {
            let world = try await World(.tenantSignsOutboundRequest, .dual)
            world.node.trials.offer(ProofWays(hasProbe: true), on: "orders")
            world.node.trials.answer([.accepted])
            try await world.begin()
            try await world.carryOut { $0.steps.contains { $0.kind == .confirmPartner && $0.state == .open } }
            world.killer = Killer(world.store, offset: offset)
            try await world.carryOut()
            #expect(try await world.show().weakestProof == .probed, "offset \(offset)")
            world.killer = nil
            try await Invariants.check(world, "offset \(offset)")
        }
    }
}
