import Foundation
import Keystore
import Renewal
import TestSupport
import Testing

/// A key gets another name while a renewal only keeps its old version.
@Suite struct RenamingTests {
    private func rename(_ world: World, to name: KeyAlias) async throws {
        let store: any KeystoreStore = world.store
        let (masterKey, now, alias) = (world.masterKey, world.clock.now, world.alias)
        try await store.write { transaction in
            try KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "tina")
                .rename(alias, to: name)
        }
    }

    @Test("Before, the renewal is in the way; then the old version is destroyed under the key's new name")
    func retaining() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let name = try KeyAlias("sales-sign")
        try await world.begin()
        try await world.carryOut { $0.exchangedAt != nil }
        let refused = KeystoreError.inUse(world.alias, by: ["the renewal \(world.id)"])
        await #expect(throws: refused) { try await rename(world, to: name) }
        try await world.carryOut { $0.status == .retaining }
        try await rename(world, to: name)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        let store: any KeystoreStore = world.store
        #expect(try await store.read { try $0.versions(of: name).map(\.state) } == [.destroyed, .active])
        #expect(try await world.engine.list(.of(name)).map(\.id) == [world.id])
    }
}
