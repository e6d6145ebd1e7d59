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
        let first = try await Self.load(store, masterKey, at: clock.now)
        current = Mutex(first)
    }

    /// The newest keys that were read.
    package var snapshot: KeyringSnapshot {
        current.withLock { $0 }
    }

    /// Reads what changed in the store and publishes it; keys that did not change are neither read nor opened again.
    ///
    /// Never goes back to an earlier generation. Throws as the initializer does; the old snapshot stays then.
    package func refresh() async throws {
        let next = try await load(after: snapshot)
        current.withLock { current in
            if next.generation >= current.generation { current = next }
        }
    }

    private func load(after former: KeyringSnapshot) async throws -> KeyringSnapshot {
        let (generation, changes, assignments) = try await store.read { transaction in
            let generation = try transaction.generation()
            guard generation != former.generation else {
                return (generation, [(KeyVersionID, KeyVersion?)](), [KeyAssignment]?.none)
            }
            let changed = try transaction.versionsChanged(since: former.generation)
            let assignments: [KeyAssignment]? = try transaction.allAssignments()
            return (generation, try changed.map { ($0, try transaction.version($0)) }, assignments)
        }
        var entries: [KeyVersionID: KeyringEntry?] = [:]
        for (id, version) in changes {
            let entry = try version.map { try KeyringEntry($0, previous: former.entry(id), masterKey: masterKey) }
            entries.updateValue(entry, forKey: id)
        }
        return KeyringSnapshot(
            former,
            generation: generation,
            loadedAt: clock.now,
            changes: entries,
            assignments: assignments
        )
    }

    private static func load(
        _ store: any KeystoreStore,
        _ masterKey: MasterKey,
        at now: Date
    ) async throws -> KeyringSnapshot {
        let (generation, versions, assignments) = try await store.read { transaction in
            try (transaction.generation(), transaction.allVersions(), transaction.allAssignments())
        }
        let entries = try versions.map { try KeyringEntry($0, previous: nil, masterKey: masterKey) }
        return KeyringSnapshot(generation: generation, loadedAt: now, entries: entries, assignments: assignments)
    }
}
