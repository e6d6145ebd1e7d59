import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// Every procedure from its plan to the destruction of the old key, over the real store.
@Suite struct WalkTests {
    static let procedures = Procedure.all.map { ($0.useCase, $0.variant) }

    @Test(
        "A procedure that everybody follows ends with the new key active and the old one destroyed",
        arguments: WalkTests.procedures
    )
    func walk(_ useCase: UseCaseName, _ variant: Variant) async throws {
        let world = try await World(useCase, variant == .single ? .single : .dual)
        try await world.traffic(20)
        try await world.begin()
        try await world.carryOut()
        let view = try await world.show()
        #expect(view.status == .completed)
        #expect(view.steps.allSatisfy { $0.state == .verified })
        #expect(view.tracks.map(\.variant) == [variant])
        // Where traffic stood still it shows all that was only said.
        if variant == .single { #expect(view.weakestProof == .observed) }
        let versions = try await world.versions()
        #expect(versions.map(\.state) == [.destroyed, .active])
        #expect(try await world.node.isDeployed(flow: "orders"))
        let (old, exchanged) = (try #require(versions.first), try #require(view.exchangedAt))
        #expect(try #require(old.destroyedAt).timeIntervalSince(exchanged) >= 90 * 86_400)
        try await Invariants.check(world)
        try await keepsAfterProof(world)
    }

    /// The retention begins when everything else is settled.
    private func keepsAfterProof(_ world: World) async throws {
        let journal = try await world.engine.journal(of: world.id)
        let kept = try #require(journal.firstIndex { if case .stoppedAccepting = $0.event { true } else { false } })
        let settled = journal[..<kept]
            .compactMap { entry -> StepID? in
                if case .verified(let step, _) = entry.event { step } else { nil }
            }
        let exchanges = try await world.state().steps(.exchange).map(\.id)
        #expect(Set(exchanges).isSubset(of: settled))
    }

    @Test("Steps are done in the order of the procedure")
    func order() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        try await world.begin()
        try await world.carryOut()
        let claims = try await world.engine.journal(of: world.id)
            .compactMap { entry -> StepID? in
                if case .claimed(let step, _, _) = entry.event { step } else { nil }
            }
        let planned = try await world.state().plan.steps.map(\.id)
        #expect(claims == planned.filter(claims.contains))
    }

    @Test("Deploying and undeploying that the node could not do at once are done again")
    func nodeFails() async throws {
        let world = try await World(.tenantEncryptsOutboundRequest, .single)
        try await world.begin()
        world.node.fail(2)
        try await world.carryOut { view in view.steps.contains { $0.kind == .exchange && $0.state == .open } }
        #expect(try await !world.node.isDeployed(flow: "orders"))
        world.node.fail(2)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
    }

    @Test("A tick without news writes nothing")
    func tickIsIdempotent() async throws {
        let world = try await World(.tenantSignsInboundResponse, .dual)
        try await world.begin()
        for step in ["3-configure-partner", "5-exchange", "7-remove-old"] {
            try await world.carryOut(until: StepID(rawValue: step))
            try await world.engine.tick()
            let before = try await world.engine.journal(of: world.id)
            try await world.engine.tick()
            #expect(try await world.engine.journal(of: world.id) == before)
        }
    }
}
