import Foundation
import Keystore
import Renewal
import TestSupport
import Testing

/// The way back, tried after every settled step of every procedure.
@Suite struct WayBackTests {
    @Test(
        "After every step the old key comes back or the renewal is given up, until a system no longer has the old key",
        arguments: WalkTests.procedures
    )
    func everyPosition(_ useCase: UseCaseName, _ variant: Variant) async throws {
        var rolledBack = 0
        for settled in 0..<15 {
            let world = try await World(useCase, variant == .single ? .single : .dual)
            try await world.begin()
            try await world.carryOut { view in
                view.status.isFinal || view.status == .retaining
                    || view.steps.count { $0.state.isSettled } >= settled
            }
            let view = try await world.show()
            guard !view.status.isFinal, view.status != .retaining else { break }
            let isGone = view.steps.contains { $0.kind == .removeOld && $0.state != .waiting && $0.state != .open }
            if view.exchangedAt == nil {
                let refusal = await #expect(throws: RenewalRefusal.self) { try await back(world) }
                #expect(refusal?.remedy == "Abort the renewal instead.")
                _ = try await world.engine.abort(world.id, by: People.tina, reason: "Not now.")
                #expect(try await world.versions().map(\.state).first == .active)
            } else if isGone || hasChanged(view, variant) {
                let refusal = await #expect(throws: RenewalRefusal.self) { try await back(world) }
                #expect(refusal?.reason.contains("going back would lose messages") == true)
                #expect(refusal?.remedy == "Finish this renewal, then plan another.")
                #expect(try await world.versions().map(\.state) == [.retiring, .active])
            } else {
                try await back(world)
                #expect(try await world.versions().map(\.state) == [.active, .staged])
                rolledBack += 1
            }
            try await Invariants.check(world, "\(useCase.rawValue) \(variant) after \(settled) steps")
        }
        // In these the partner exchanges its key before the tenant does.
        let isPartnerFirst = variant == .single && useCase.side == .inbound
        #expect(isPartnerFirst ? rolledBack == 0 : rolledBack > 0)
    }

    private func back(_ world: World) async throws {
        _ = try await world.engine.rollBack(world.id, by: People.tina, reason: "The receiver refuses messages.")
    }

    /// Whether a system that has one key at a time has the new one.
    private func hasChanged(_ view: RenewalView, _ variant: Variant) -> Bool {
        guard variant == .single else { return false }
        return view.steps.contains { step in
            step.kind == .configurePartner && step.state != .waiting && step.state != .open
        }
    }
}
