import Foundation
import Keystore
import Renewal
import StoreSQLite
import Synchronization
import TestSupport
import Testing

/// The scheduler touches what is due, and nothing else.
@Suite struct TickTests {
    @Test func `A tick leaves a renewal alone that waits for a person, until its deadline`() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        let (engine, counter) = counted(world)
        try await engine.tick(all: true)
        counter.reset()
        try await engine.tick()
        #expect(counter.writes == 0)
        world.clock.advance(by: world.settings.reminderWait + .seconds(1))
        try await engine.tick()
        #expect(counter.writes > 0)
        #expect(try await world.show().steps.first { $0.kind == .createKeyPair }?.isOverdue == true)
    }

    @Test func `A deadline is seen by the first tick after it, however short before the last look was`() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        world.clock.advance(by: world.settings.reminderWait - .seconds(10))
        try await world.engine.tick()
        world.clock.advance(by: .seconds(11))
        try await world.engine.tick()
        #expect(try await world.engine.journal(of: world.id).contains { $0.event.name == "becameOverdue" })
    }

    @Test func `A use of the key wakes the renewal that waits for traffic`() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        try await world.carryOut { view in
            view.steps.contains { $0.kind == .exchange && $0.state == .claimed }
        }
        let (engine, counter) = counted(world)
        try await engine.tick()
        counter.reset()
        try await engine.tick()
        #expect(counter.writes == 0)
        try await world.traffic(20)
        try await engine.tick()
        #expect(counter.writes > 0)
        #expect(try await world.show().steps.first { $0.kind == .exchange }?.state == .verified)
    }

    @Test func `A clock that was set back far leaves no renewal asleep`() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        let (engine, counter) = counted(world)
        try await engine.tick(all: true)
        world.clock.set(to: world.clock.now.addingTimeInterval(-30 * 86_400))
        counter.reset()
        try await engine.tick()
        #expect(counter.writes > 0)
    }

    private func counted(_ world: World) -> (RenewalEngine, CountingStore) {
        let store = CountingStore(world.store)
        let engine = RenewalEngine(
            store: store,
            runtime: world.node,
            masterKey: world.masterKey,
            clock: world.clock,
            settings: world.settings,
            tenant: "tenant"
        )
        return (engine, store)
    }
}

/// Counts the transactions that write.
private final class CountingStore: RenewalStore {
    private let store: SQLiteStore
    private let count = Mutex(0)

    init(_ store: SQLiteStore) {
        self.store = store
    }

    var writes: Int { count.withLock { $0 } }

    func reset() { count.withLock { $0 = 0 } }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        count.withLock { $0 += 1 }
        return try await store.write(body)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }
}
