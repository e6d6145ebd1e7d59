import FoundationEssentials
import Synchronization
package import Timekeeping

/// The keys of a running system: publishes immutable snapshots of what the store holds.
package final class Keyring: Sendable {
    private let store: any KeystoreStore
    private let masterKey: MasterKey
    private let clock: any WallClock
    private let current: Mutex<KeyringSnapshot>
    private let watchers = Mutex<[@Sendable (KeyringSnapshot) -> Void]>([])

    /// Takes in every version; certificates are read, and private keys opened, at their first use.
    ///
    /// Throws `sealBroken` when no private key opens under `masterKey`, and what the store throws. One that alone does not open
    /// is told where it is used, and by ``KeyringSnapshot/faults(of:)``.
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
    /// Never goes back to an earlier generation. Throws `sealBroken` or `certificateMismatch` when a changed key does not open,
    /// and what the store throws; the old snapshot stays then.
    package func refresh() async throws {
        let next = try await load(after: snapshot)
        let isNewer = current.withLock { current in
            let isNewer = next.generation > current.generation
            if next.generation >= current.generation { current = next }
            return isNewer
        }
        guard isNewer else { return }
        for watcher in watchers.withLock({ $0 }) { watcher(next) }
    }

    /// Calls `body` with every newer snapshot from now on, as long as the keyring lives: for those who keep keys of it.
    package func whenRefreshed(_ body: @escaping @Sendable (KeyringSnapshot) -> Void) {
        watchers.withLock { $0.append(body) }
    }

    private func load(after former: KeyringSnapshot) async throws -> KeyringSnapshot {
        let (generation, changes, assignments, names) = try await store.read { transaction in
            let generation = try transaction.generation()
            guard generation != former.generation else {
                return (generation, [(KeyVersionID, KeyVersion?)](), [KeyAssignment]?.none, [KeyAlias: KeyAlias]?.none)
            }
            let changed = try transaction.versionsChanged(since: former.generation)
            let assignments: [KeyAssignment]? = try transaction.allAssignments()
            let names: [KeyAlias: KeyAlias]? = try transaction.formerAliases()
            return (generation, try changed.map { ($0, try transaction.version($0)) }, assignments, names)
        }
        var entries: [KeyVersionID: KeyringEntry?] = [:]
        for (id, version) in changes {
            let previous = former.entry(id)
            let entry = version.map { KeyringEntry(StoredKeyVersion($0), previous: previous, masterKey: masterKey) }
            // One that was broken before keeps no change of others away.
            if let entry, previous.map({ !entry.sharesKey(with: $0) }) ?? true { _ = try entry.key() }
            entries.updateValue(entry, forKey: id)
        }
        return KeyringSnapshot(
            former,
            generation: generation,
            loadedAt: clock.now,
            changes: entries,
            assignments: assignments,
            formerAliases: names
        )
    }

    private static func load(
        _ store: any KeystoreStore,
        _ masterKey: MasterKey,
        at now: Date
    ) async throws -> KeyringSnapshot {
        let (generation, versions, assignments, names) = try await store.read { transaction in
            try (
                transaction.generation(), transaction.storedVersions(), transaction.allAssignments(),
                transaction.formerAliases()
            )
        }
        let entries = versions.map { KeyringEntry($0, masterKey: masterKey) }
        try checkMasterKey(entries)
        return KeyringSnapshot(
            generation: generation,
            loadedAt: now,
            entries: entries,
            assignments: assignments,
            formerAliases: names
        )
    }

    /// Throws when there are sealed private keys and none of them opens: that is another tenant's master key.
    private static func checkMasterKey(_ entries: [KeyringEntry]) throws(KeystoreError) {
        var first: KeystoreError?
        for entry in entries where entry.bare.sealedPrivateKey != nil {
            do throws(KeystoreError) {
                return try entry.proveSeal()
            } catch {
                first = first ?? error
            }
        }
        if let first { throw first }
    }
}
