package import FoundationEssentials

/// The keys at one generation; never changes, so a message operation sees one keyset from beginning to end.
package struct KeyringSnapshot: Sendable {
    /// Which keyset this is.
    package private(set) var generation: Int
    /// When it was read.
    package private(set) var loadedAt: Date

    /// The versions of each alias, by number.
    private(set) var byAlias = ShardedMap<KeyAlias, [KeyringEntry]>()
    private var thumbprints = ThumbprintIndex()
    private var names = DeferredNameIndex(nil)
    /// The versions that protect messages of single partners; there are some only while partners move one by one.
    private(set) var assignments: [KeyAlias: [KeyAssignment]]
    /// What former names are called now: a message that began before its flow was changed still has one.
    private var formerAliases: [KeyAlias: KeyAlias]

    /// The keys of `entries` alone.
    init(
        generation: Int,
        loadedAt: Date,
        entries: [KeyringEntry],
        assignments: [KeyAssignment] = [],
        formerAliases: [KeyAlias: KeyAlias] = [:]
    ) {
        self.generation = generation
        self.loadedAt = loadedAt
        self.formerAliases = formerAliases
        self.assignments = Dictionary(grouping: assignments, by: \.version.alias)
        for entry in entries { put(entry) }
    }

    /// The keys of `former` with some of them changed, or gone where there is no entry, and other assignments where there
    /// are any; costs no more than the changes.
    init(
        _ former: KeyringSnapshot,
        generation: Int,
        loadedAt: Date,
        changes: [KeyVersionID: KeyringEntry?],
        assignments: [KeyAssignment]? = nil,
        formerAliases: [KeyAlias: KeyAlias]? = nil
    ) {
        self = former
        if let formerAliases { self.formerAliases = formerAliases }
        if let assignments { self.assignments = Dictionary(grouping: assignments, by: \.version.alias) }
        self.generation = generation
        self.loadedAt = loadedAt
        var index = former.names.made
        for (id, entry) in changes {
            if let gone = remove(id) { index?.remove(gone) }
            if let entry {
                put(entry)
                index?.insert(entry)
            }
        }
        if !changes.isEmpty { names = DeferredNameIndex(index) }
    }

    /// The version with its private key.
    func entry(_ id: KeyVersionID) -> KeyringEntry? {
        byAlias[id.alias]?.first { $0.id == id }
    }

    /// Takes in the versions of aliases of which nothing was here, of the same keyset.
    mutating func take(_ entries: [KeyringEntry]) {
        guard !entries.isEmpty else { return }
        var index = names.made
        for entry in entries {
            put(entry)
            index?.insert(entry)
        }
        names = DeferredNameIndex(index)
    }

    private mutating func put(_ entry: KeyringEntry) {
        let alias = entry.id.alias
        var entries = byAlias[alias] ?? []
        entries.insert(entry, at: entries.firstIndex { $0.id > entry.id } ?? entries.endIndex)
        byAlias[alias] = entries
        thumbprints.insert(entry)
    }

    private mutating func remove(_ id: KeyVersionID) -> KeyringEntry? {
        guard let entry = entry(id) else { return nil }
        let rest = byAlias[id.alias]?.filter { $0.id != id } ?? []
        byAlias[id.alias] = rest.isEmpty ? nil : rest
        thumbprints.remove(entry)
        return entry
    }

    /// The versions whose certificate has this SHA-1.
    func versions(thumbprint: [UInt8]) -> [KeyVersionID] { thumbprints[thumbprint] }

    /// The look-ups that need every certificate read; who asks first makes them.
    var nameIndex: NameIndex { names.value(of: byAlias.values.lazy.flatMap(\.self)) }

    /// Makes the look-ups by issuer and serial number, and by key identifier, so that nobody waits for them later.
    package func makeIndex() { _ = nameIndex }

    /// The version, in whatever state, or `nil`.
    package func version(_ id: KeyVersionID) -> KeyVersion? {
        entry(id)?.version
    }

    /// Where the version is in its life; `nil` when there is none.
    package func state(of id: KeyVersionID) -> KeyVersionState? {
        entry(id)?.bare.state
    }

    /// The versions of `alias` by number.
    package func versions(of alias: KeyAlias) -> [KeyVersion] {
        (byAlias[present(alias)] ?? []).map(\.version)
    }

    /// What a name is called now: itself, unless it is a former one.
    package func present(_ name: KeyAlias) -> KeyAlias { formerAliases[name] ?? name }

    /// Every version of every key, by alias and number.
    package var allVersions: [KeyVersion] {
        byAlias.values.flatMap { $0.map(\.version) }.sorted { $0.id < $1.id }
    }

    /// Every alias, in order.
    package var allAliases: [KeyAlias] { byAlias.keys.sorted() }

    /// What cannot be used as it is stored among the accepted versions of `aliases`; each is opened once for that.
    package func faults(of aliases: some Sequence<KeyAlias>) -> [KeyFault] {
        aliases.flatMap { byAlias[present($0)] ?? [] }
            .filter { $0.bare.state.canProcess }
            .compactMap { entry -> KeyFault? in
                do throws(KeystoreError) {
                    try entry.prove()
                    return nil
                } catch {
                    return KeyFault(version: entry.id, cause: error)
                }
            }
    }
}
