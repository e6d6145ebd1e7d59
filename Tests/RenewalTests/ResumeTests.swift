import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// Killed at any journal position, a renewal resumes and ends the same.
@Suite struct ResumeTests {
    @Test("Killed before or after every commit, a procedure ends the same", arguments: seeds)
    func killed(_ useCase: UseCaseName, _ variant: Variant) async throws {
        let calm = try await walk(useCase, variant, killer: nil)
        for offset in 0..<3 {
            let killed = try await walk(useCase, variant, killer: offset)
            #expect(killed.states == calm.states)
            #expect(killed.versions == calm.versions)
            #expect(killed.events == calm.events)
            #expect(killed.notifications == calm.notifications)
        }
    }

    /// The nine procedures of the documents.
    private static let seeds = WalkTests.procedures.filter { useCase, variant in
        variant != .only || useCase == .tenantDecryptsOutboundResponse
    }

    private struct End {
        var states: [StepState]
        var versions: [KeyVersionState]
        /// What happened to each step, in order.
        var events: [StepID: [String]]
        var notifications: Set<RenewalNotification.ID>
    }

    private func walk(_ useCase: UseCaseName, _ variant: Variant, killer offset: Int?) async throws -> End {
        let world = try await World(useCase, variant == .single ? .single : .dual)
        try await world.traffic(20)
        try await world.begin()
        world.killer = offset.map { Killer(world.store, offset: $0) }
        try await world.carryOut()
        world.killer = nil
        try await Invariants.check(world)
        let view = try await world.show()
        var events: [StepID: [String]] = [:]
        for entry in try await world.engine.journal(of: world.id) {
            if let step = entry.event.step { events[step, default: []].append(entry.event.name) }
        }
        var notifications: Set<RenewalNotification.ID> = []
        for person in People.all {
            notifications.formUnion(try await world.engine.notifications(for: person).map(\.id))
        }
        return End(
            states: view.steps.map(\.state),
            versions: try await world.versions().map(\.state),
            events: events,
            notifications: notifications
        )
    }
}
