import FoundationEssentials
import Synchronization
package import Timekeeping

/// The keys of a running system: publishes immutable snapshots of what the store holds.
package final class Keyring: Sendable {
    private let store: any KeystoreStore
    private let masterKey: MasterKey
    private let clock: any WallClock
    private let current: Mutex<KeyringSnapshot>

    /// Reads every key; throws `sealBroken` when one does not open under `masterKey`, and what the store throws.
    package init(store: any KeystoreStore, masterKey: MasterKey, clock: any WallClock) async throws {
        self.store = store
        self.masterKey = masterKey
        self.clock = clock
        let first = try await Self.load(store, masterKey, at: clock.now, previous: [:])
        current = Mutex(first)
    }

    /// The newest keys that were read.
    package var snapshot: KeyringSnapshot {
        current.withLock { $0 }
    }

    /// Reads the store again and publishes what it holds; keys that did not change are not opened again.
    ///
    /// Never goes back to an earlier generation. Throws as the initializer does; the old snapshot stays then.
    package func refresh() async throws {
        let next = try await Self.load(store, masterKey, at: clock.now, previous: snapshot.entries)
        current.withLock { current in
            if next.generation >= current.generation { current = next }
        }
    }

    private static func load(
        _ store: any KeystoreStore,
        _ masterKey: MasterKey,
        at now: Date,
        previous: [KeyVersionID: KeyringEntry]
    ) async throws -> KeyringSnapshot {
        let (generation, versions) = try await store.read { transaction in
            try (transaction.generation(), transaction.allVersions())
        }
        let entries = try versions.map { version in
            try KeyringEntry(version, previous: previous[version.id], masterKey: masterKey)
        }
        return KeyringSnapshot(generation: generation, loadedAt: now, entries: entries)
    }
}
