import FoundationEssentials
import Synchronization
package import Timekeeping

/// The keys of a running system: publishes immutable snapshots of what the store holds.
package final class Keyring: Sendable {
    let store: any KeystoreStore
    private let masterKey: MasterKey
    private let clock: any WallClock
    private let current: Mutex<TakenKeys>
    private let watchers = Mutex<[@Sendable (KeyringSnapshot) -> Void]>([])

    /// Takes in every version; certificates are read, and private keys opened, at their first use.
    ///
    /// Throws `sealBroken` when no private key opens under `masterKey`, and what the store throws. One that alone does not open
    /// is told where it is used, and by ``KeyringSnapshot/faults(of:)``.
    package convenience init(store: any KeystoreStore, masterKey: MasterKey, clock: any WallClock) async throws {
        try await self.init(onDemand: store, masterKey: masterKey, clock: clock)
        try await takeAll()
    }

    /// Takes in no version yet, in a time that does not grow with their number.
    ///
    /// ``take(_:)`` takes in those that are needed, ``takeAll()`` the rest; a snapshot finds only what was taken in. Throws as
    /// ``init(store:masterKey:clock:)`` does.
    package init(onDemand store: any KeystoreStore, masterKey: MasterKey, clock: any WallClock) async throws {
        self.store = store
        self.masterKey = masterKey
        self.clock = clock
        try await Self.check(masterKey, with: store)
        let (generation, assignments, names) = try await store.read { transaction in
            try (transaction.generation(), transaction.allAssignments(), transaction.formerAliases())
        }
        let first = KeyringSnapshot(
            generation: generation,
            loadedAt: clock.now,
            entries: [],
            assignments: assignments,
            formerAliases: names
        )
        current = Mutex(TakenKeys(snapshot: first))
    }

    /// The newest keys that were read.
    package var snapshot: KeyringSnapshot {
        current.withLock { $0.snapshot }
    }

    /// Whether every version was taken in.
    package var isWhole: Bool { current.withLock { $0.isWhole } }

    /// Reads what changed in the store and publishes it; keys that did not change are neither read nor opened again.
    ///
    /// Never goes back to an earlier generation. Throws `sealBroken` or `certificateMismatch` when a changed key does not open,
    /// and what the store throws; the old snapshot stays then.
    package func refresh() async throws {
        let former = current.withLock { $0 }
        let changes = try await store.read { try KeyringChanges(in: $0, since: former) }
        let entries = try changes.entries(after: former.snapshot, masterKey)
        let newer = current.withLock { current -> KeyringSnapshot? in
            let isNewer = changes.generation > current.snapshot.generation
            guard changes.generation >= current.snapshot.generation else { return nil }
            current.follow(changes, entries, at: clock.now)
            return isNewer ? current.snapshot : nil
        }
        guard let newer else { return }
        for watcher in watchers.withLock({ $0 }) { watcher(newer) }
    }

    /// Calls `body` with every newer snapshot from now on, as long as the keyring lives: for those who keep keys of it.
    package func whenRefreshed(_ body: @escaping @Sendable (KeyringSnapshot) -> Void) {
        watchers.withLock { $0.append(body) }
    }

    /// What of `aliases` is not here yet, by the names of now.
    func missing(_ aliases: Set<KeyAlias>) -> Set<KeyAlias> { current.withLock { $0.missing(aliases) } }

    /// Takes in all versions of `aliases`, as they were at `generation`; false when the keyset has changed since, so that
    /// they have to be read again.
    ///
    /// `nil` takes what was read in whatever the generation. No aliases at all say that nothing is left to take in.
    func add(_ versions: [StoredKeyVersion], of aliases: some Sequence<KeyAlias>, at generation: Int?) -> Bool {
        let entries = versions.map { KeyringEntry($0, masterKey: masterKey) }
        return current.withLock { $0.add(entries, of: aliases, at: generation) }
    }

    /// Throws when there are sealed private keys and none of them opens: that is another tenant's master key.
    private static func check(_ masterKey: MasterKey, with store: any KeystoreStore) async throws {
        var first: KeystoreError?
        var last: KeyVersionID?
        while true {
            let page = try await store.read { [last] in try $0.sealedVersions(after: last, limit: 100) }
            for version in page {
                do throws(KeystoreError) {
                    return try version.proveSeal(masterKey)
                } catch {
                    first = first ?? error
                }
            }
            guard let end = page.last else { break }
            last = end.id
        }
        if let first { throw first }
    }
}

extension KeyVersion {
    /// Throws `sealBroken` when what is sealed was not sealed for this version under this master key.
    fileprivate func proveSeal(_ masterKey: MasterKey) throws(KeystoreError) {
        guard let sealedPrivateKey else { return }
        _ = try masterKey.openSecret(sealedPrivateKey, context: sealingContext)
    }
}
