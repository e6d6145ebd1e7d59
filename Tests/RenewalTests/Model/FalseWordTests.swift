import Keystore
import Renewal
import TestSupport
import Testing

/// Partners that say what is so, by whatever way, and partners that say what is not so.
@Suite struct FalseWordTests {
    private let configure = 2

    private func world(_ ways: ProofWays = ProofWays()) throws -> ModelWorld {
        try ModelWorld(
            Topology([.tenantSignsOutboundRequest], sender: .dual, receiver: .dual, ways: ways),
            masterKey: .generate(),
            certificates: Certificates.ofPartners(2)
        )
    }

    /// Up to the exchange; in between the receiver's administrator says that its system verifies with either key.
    private func carryOut(_ word: ModelAction, in world: ModelWorld) async throws -> RenewalState {
        let next = ModelAction.claimOpen(renewal: 0, step: 0, person: 0)
        let acts: [ModelAction] =
            [.begin(key: 0, choice: 0, person: 1), next, next, .acknowledge(reader: 0), word]
            + [next, .acknowledge(reader: 0), next]
        for act in acts { try await world.carryOut(act) }
        return try #require(try world.renewal(0))
    }

    /// Seed 1079: the step came up in an act that anybody may try, and the model's partner had not changed its system.
    @Test("A partner that claims its step out of turn has changed its system all the same")
    func claimsByChance() async throws {
        let world = try world()
        let receiver = try #require(world.people.firstIndex { $0.role == .receiverAdministrator })
        let word = ModelAction.claimAny(renewal: 0, step: configure, person: receiver)
        let state = try await carryOut(word, in: world)
        #expect(state.exchangedAt != nil)
        try world.traffic(6)
        try await world.engine.tick()
        #expect(world.losses.isEmpty)
        let end = try #require(try world.renewal(0))
        #expect(end.steps(.exchange).allSatisfy { end.progress(of: $0.id).state == .verified })
    }

    @Test(
        "A false word is found out by the first messages: the exchange fails, and rolled back the old key serves again"
    )
    func isFoundOut() async throws {
        let world = try world()
        let state = try await carryOut(.claimFalsely(renewal: 0, step: 0), in: world)
        #expect(state.exchangedAt != nil)
        try world.traffic(1)
        try await world.engine.tick()
        #expect(try world.renewal(0)?.status == .blocked)
        let tina = try #require(world.people.first)
        _ = try await world.engine.rollBack(state.id, by: tina, reason: "The receiver refuses the new key.")
        try world.traffic(6)
        #expect(world.losses.isEmpty)
        try ModelInvariants(world: world).check(isThorough: true)
    }

    @Test("Where the key is tried out a false word never gets as far as the exchange", arguments: [true, false])
    func isTried(probes: Bool) async throws {
        let world = try world(ProofWays(hasProbe: probes, hasCanary: !probes))
        var state = try await carryOut(.claimFalsely(renewal: 0, step: 0), in: world)
        try world.traffic(5)
        try await world.engine.tick()
        try await world.carryOut(.claimOpen(renewal: 0, step: 0, person: 0))
        state = try #require(try world.renewal(0))
        #expect(state.exchangedAt == nil)
        #expect(world.losses.isEmpty)
    }
}
