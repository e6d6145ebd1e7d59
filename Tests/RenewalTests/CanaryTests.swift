import Foundation
import Keystore
import Messaging
import Renewal
import TestSupport
import Testing

/// A growing share of a receiver's messages under the new key before the exchange.
@Suite struct CanaryTests {
    /// A renewal that only waits for its exchange, on a flow that tries keys by share.
    private func ready(byItself: Bool = true) async throws -> World {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.node.trials.offer(ProofWays(hasCanary: byItself), on: "orders")
        try await world.begin()
        try await world.carryOut { view in
            view.steps.prefix { $0.kind != .exchange }.allSatisfy { $0.state == .verified }
        }
        try await world.engine.tick()
        return world
    }

    private func share(_ world: World) async throws -> Int? {
        try await world.engine.tick()
        return world.node.trials.canaries.first?.permille
    }

    private func exchange(_ world: World) async throws -> StepView {
        try #require(try await world.show().steps.first { $0.kind == .exchange })
    }

    @Test(
        "The share grows from 1 % to 10 % to all as messages are taken and its wait is over; then the exchange is observed"
    )
    func grows() async throws {
        let world = try await ready()
        var shares: [Int?] = [try await share(world)]
        for _ in 0..<3 {
            try await world.trial(outcome: .succeeded, 5)
            #expect(try await share(world) == shares.last)
            let grade = try await world.show().steps.first { $0.kind == .configurePartner }?.guardView.reachedGrade
            #expect((grade == .observed) == (shares.last == 1000))
            world.clock.advance(by: world.settings.canaryWait)
            shares.append(try await share(world))
        }
        #expect(shares == [10, 100, 1000, 1000])
        let view = try await world.show()
        #expect(view.steps.first { $0.kind == .configurePartner }?.guardView.reachedGrade == .observed)
        try await world.carryOut()
        #expect(world.node.trials.canaries.isEmpty)
        #expect(try await world.show().weakestProof == .observed)
        try await Invariants.check(world)
    }

    @Test("It begins by itself when the partner is configured, every node has the version and its probe was accepted")
    func begins() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.node.trials.offer(ProofWays(hasProbe: true, hasCanary: true), on: "orders")
        world.node.trials.answer([.refused, .accepted])
        try await world.begin()
        let generation = try await world.node.acknowledgedGeneration()
        try await world.carryOut { $0.newVersion != nil }
        #expect(try await share(world) == nil && world.node.trials.sent.isEmpty)
        world.node.stay(at: generation)
        try await world.carryOut { view in
            view.steps.prefix { $0.kind != .exchange }.allSatisfy { $0.state == .verified }
        }
        #expect(try await share(world) == nil && world.node.trials.sent.isEmpty)
        world.node.stay(at: .max)
        #expect(try await share(world) == nil && world.node.trials.sent.count == 1)
        world.clock.advance(by: world.settings.probeWait)
        try await world.engine.tick()
        #expect(try await share(world) == 10 && world.node.trials.sent.count == 2)
    }

    @Test("Without a probe, too, it waits until every node has the version")
    func waitsForNodes() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.node.trials.offer(ProofWays(hasCanary: true), on: "orders")
        try await world.begin()
        world.node.stay(at: try await world.node.acknowledgedGeneration())
        try await world.carryOut { view in
            view.steps.prefix { $0.kind != .exchange }.allSatisfy { $0.state == .verified }
        }
        #expect(try await share(world) == nil)
        world.node.stay(at: .max)
        #expect(try await share(world) == 10)
    }

    @Test("Though every node has the version it does not begin before the partner said that it is configured")
    func waitsForPartner() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.node.trials.offer(ProofWays(hasCanary: true), on: "orders")
        try await world.begin()
        try await world.carryOut { view in
            view.steps.contains { $0.kind == .configurePartner && $0.state == .open }
        }
        #expect(try await share(world) == nil)
        try await world.carryOut { view in
            view.steps.contains { $0.kind == .configurePartner && $0.state == .verified }
        }
        #expect(try await share(world) == 10)
    }

    @Test("Low traffic is said and holds the exchange; nothing is guessed")
    func lowTraffic() async throws {
        let world = try await ready()
        try await world.trial(outcome: .succeeded, 3)
        world.clock.advance(by: .seconds(86_400))
        #expect(try await share(world) == 10)
        let step = try await exchange(world)
        let refusal = await #expect(throws: RenewalRefusal.self) { try await world.claim(step.id, People.tina) }
        #expect(refusal?.reason.contains("is at 1 %: 3 of 5 messages taken under \(world.alias) version 2") == true)
        try await Invariants.check(world)
    }

    @Test(
        "One refused message takes the share back to none, alerts, and refuses the exchange until a person begins again"
    )
    func stepsBack() async throws {
        let world = try await ready()
        try await world.trial(outcome: .failed, 1)
        #expect(try await share(world) == nil)
        let alerts = try await world.engine.notifications(for: People.tina).filter { $0.text.contains("stepped back") }
        #expect(alerts.count == 1)
        let step = try await exchange(world)
        let refusal = await #expect(throws: RenewalRefusal.self) { try await world.claim(step.id, People.tina) }
        #expect(refusal?.reason.contains("1 message(s) refused with a security fault at 1 %") == true)
        #expect(try await share(world) == nil)
        _ = try await world.engine.setCanary(world.id, with: PartnerID("receiver"), percent: 1, by: People.tina)
        #expect(world.node.trials.canaries.first?.permille == 10)
        _ = try await world.engine.setCanary(world.id, with: PartnerID("receiver"), percent: 0, by: People.tina)
        #expect(world.node.trials.canaries.isEmpty)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("A canary ends with its renewal")
    func ends() async throws {
        let world = try await ready()
        #expect(try await share(world) == 10)
        _ = try await world.engine.abort(world.id, by: People.tina, reason: "Not now.")
        _ = try await world.show()
        #expect(world.node.trials.canaries.isEmpty)
        #expect(try await world.versions().map(\.state) == [.active, .retired])
    }

    @Test("A share that is none, another's partner, and a partner that is not configured are refused with what to do")
    func refusals() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { $0.newVersion != nil }
        let receiver = try PartnerID("receiver")
        let odd = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.setCanary(world.id, with: receiver, percent: 7, by: People.tina)
        }
        #expect(odd?.remedy == "Give 1, 10, 100, or 0 to end it.")
        let early = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.setCanary(world.id, with: receiver, percent: 1, by: People.tina)
        }
        #expect(early?.reason.contains("Nobody has said yet") == true)
        let foreign = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.setCanary(world.id, with: receiver, percent: 1, by: People.dora)
        }
        #expect(foreign?.code == .wrongRole)
    }
}
