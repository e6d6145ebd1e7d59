import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("That a partner removed the old key rests on its word until traffic shows that it does without")
struct ConfirmingTests {
    /// A renewal whose receiver said a minute after the last message that it removed the old key.
    private func removed() async throws -> World {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { view in view.steps.contains { $0.kind == .removeOld && $0.state == .open } }
        let step = try #require(try await world.show().steps.first { $0.kind == .removeOld })
        world.clock.advance(by: .seconds(60))
        try await world.claim(step.id, People.rita)
        return world
    }

    private func grade(_ world: World) async throws -> ProofGrade? {
        try await world.engine.tick(all: true)
        return try await world.show().steps.first { $0.kind == .removeOld }?.guardView.reachedGrade
    }

    @Test("Messages that went before it show nothing, those that go after it do")
    func goesOn() async throws {
        let world = try await removed()
        #expect(try await grade(world) == .asserted)
        world.clock.advance(by: .seconds(60))
        try await world.traffic(1)
        #expect(try await grade(world) == .observed)
        let evidence = try #require(try await world.show().steps.first { $0.kind == .removeOld }?.guardView)
        #expect(evidence.explanation.contains("went on after it"))
    }

    @Test("Messages that go on beside refused ones show nothing")
    func fails() async throws {
        let world = try await removed()
        world.clock.advance(by: .seconds(60))
        try await world.traffic(1, outcome: .failed)
        world.clock.advance(by: .seconds(60))
        try await world.traffic(5)
        #expect(try await grade(world) == .asserted)
    }
}
