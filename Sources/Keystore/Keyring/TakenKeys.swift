import FoundationEssentials

/// What a keyring has taken in of its store.
struct TakenKeys {
    private(set) var snapshot: KeyringSnapshot
    /// The aliases whose versions are here, all of each; `nil` when every one is.
    private var aliases: Set<KeyAlias>? = []

    /// Nothing of the keyset of `snapshot` yet.
    init(snapshot: KeyringSnapshot) { self.snapshot = snapshot }

    var isWhole: Bool { aliases == nil }

    func has(_ alias: KeyAlias) -> Bool { aliases?.contains(alias) ?? true }

    /// What of `wanted` is not here yet, by the names of now.
    func missing(_ wanted: Set<KeyAlias>) -> Set<KeyAlias> {
        guard !isWhole else { return [] }
        return Set(wanted.map(snapshot.present)).filter { !has($0) }
    }

    /// Takes in `entries`, which are all versions of `read` at `generation`; false when that is not the snapshot's.
    ///
    /// Read in order to the end of the keyset, no alias is left: what was added before the place that the reader had
    /// reached came with the changes.
    mutating func add(_ entries: [KeyringEntry], of read: some Sequence<KeyAlias>, at generation: Int?) -> Bool {
        guard generation.map({ $0 == snapshot.generation }) ?? true else { return false }
        let read = Set(read)
        guard !read.isEmpty else {
            aliases = nil
            return true
        }
        // Somebody else may have been faster.
        snapshot.take(entries.filter { !has($0.id.alias) })
        aliases?.formUnion(read)
        return true
    }

    /// Follows the store to a later keyset.
    mutating func follow(_ changes: KeyringChanges, _ entries: [KeyVersionID: KeyringEntry?], at now: Date) {
        snapshot = KeyringSnapshot(
            snapshot,
            generation: changes.generation,
            loadedAt: now,
            changes: entries,
            assignments: changes.assignments,
            formerAliases: changes.formerAliases
        )
        aliases?.formUnion(changes.newAliases)
    }
}

/// What changed in a store since a keyring was read.
struct KeyringChanges {
    let generation: Int
    /// `nil` when nothing changed.
    private(set) var assignments: [KeyAssignment]?
    private(set) var formerAliases: [KeyAlias: KeyAlias]?
    /// The aliases that were not here before: all their versions are among the changes, not the changed ones alone.
    private(set) var newAliases: Set<KeyAlias> = []
    private var changed: [KeyVersionID] = []
    private var versions: [StoredKeyVersion] = []

    init(in transaction: any KeystoreTransaction, since former: TakenKeys) throws {
        generation = try transaction.generation()
        guard generation != former.snapshot.generation else { return }
        assignments = try transaction.allAssignments()
        formerAliases = try transaction.formerAliases()
        changed = try transaction.versionsChanged(since: former.snapshot.generation)
        newAliases = Set(changed.map(\.alias)).filter { !former.has($0) }
        for id in changed where former.has(id.alias) {
            if let version = try transaction.version(id) { versions.append(StoredKeyVersion(version)) }
        }
        for alias in newAliases { versions += try transaction.storedVersions(of: alias...alias) }
    }

    /// The entries of what changed; none where a version is gone.
    ///
    /// Throws what is wrong with a changed private key; one that was broken before keeps no change of others away.
    func entries(
        after former: KeyringSnapshot,
        _ masterKey: MasterKey
    ) throws(KeystoreError) -> [KeyVersionID: KeyringEntry?] {
        var entries: [KeyVersionID: KeyringEntry?] = [:]
        for id in changed { entries.updateValue(nil, forKey: id) }
        for version in versions {
            let previous = former.entry(version.bare.id)
            let entry = KeyringEntry(version, previous: previous, masterKey: masterKey)
            let isChanged = entries[entry.id] != nil
            if isChanged, previous.map({ !entry.sharesKey(with: $0) }) ?? true { _ = try entry.key() }
            entries.updateValue(entry, forKey: entry.id)
        }
        return entries
    }
}
