import FoundationEssentials
import Keystore
import Synchronization

/// A store that keeps everything in memory: one writer at a time, and a transaction that throws leaves nothing.
final class MemoryStore: KeystoreStore {
    struct State: Sendable {
        var versions: [KeyVersionID: KeyVersion] = [:]
        var assignments: [KeyAssignment] = []
        var generation = 0
        var audit: [AuditEntry] = []
        var checkpoints: [AuditCheckpoint] = []
        var exports: [String: KeyExport] = [:]
        var notices: Set<ExpiryNotice> = []
        var formerAliases: [KeyAlias: KeyAlias] = [:]
        var removed: Set<KeyVersionID> = []
    }

    private let state = Mutex(State())

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any KeystoreTransaction) throws -> Result
    ) async throws -> Result {
        try transact(body)
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any KeystoreTransaction) throws -> Result
    ) async throws -> Result {
        try body(MemoryTransaction(state.withLock { $0 }, isWritable: false))
    }

    /// What `write` does, for tests that need no `await`.
    func transact<Result>(_ body: (any KeystoreTransaction) throws -> Result) throws -> Result {
        try state.withLock { state in
            let transaction = MemoryTransaction(state, isWritable: true)
            let result = try body(transaction)
            state = transaction.state
            return result
        }
    }

    /// The committed state.
    var contents: State { state.withLock { $0 } }
}

final class MemoryTransaction: KeystoreTransaction {
    enum Refusal: Error { case readOnly, duplicate, missing }

    private(set) var state: MemoryStore.State
    private let isWritable: Bool

    init(_ state: MemoryStore.State, isWritable: Bool) {
        self.state = state
        self.isWritable = isWritable
    }

    func version(_ id: KeyVersionID) throws -> KeyVersion? { state.versions[id] }

    func versions(of alias: KeyAlias) throws -> [KeyVersion] {
        try allVersions().filter { $0.id.alias == alias }
    }

    func allVersions() throws -> [KeyVersion] {
        state.versions.values.sorted { $0.id < $1.id }
    }

    func insert(_ version: KeyVersion) throws {
        guard isWritable else { throw Refusal.readOnly }
        guard state.versions.updateValue(version, forKey: version.id) == nil else { throw Refusal.duplicate }
    }

    func update(_ version: KeyVersion) throws {
        guard isWritable else { throw Refusal.readOnly }
        guard state.versions.updateValue(version, forKey: version.id) != nil else { throw Refusal.missing }
    }

    func rename(_ alias: KeyAlias, to name: KeyAlias, at moment: Date) throws {
        guard isWritable else { throw Refusal.readOnly }
        for version in try versions(of: alias) {
            state.versions[version.id] = nil
            state.removed.insert(version.id)
            let renamed = version.named(name)
            state.versions[renamed.id] = renamed
        }
        state.formerAliases[name] = nil
        state.formerAliases = state.formerAliases.mapValues { $0 == alias ? name : $0 }
        state.formerAliases[alias] = name
    }

    func versionsChanged(since generation: Int) throws -> [KeyVersionID] {
        state.removed.union(state.versions.keys).sorted()
    }

    func formerAliases() throws -> [KeyAlias: KeyAlias] { state.formerAliases }

    func assignments(of alias: KeyAlias) throws -> [KeyAssignment] {
        state.assignments.filter { $0.version.alias == alias }
    }

    func allAssignments() throws -> [KeyAssignment] { state.assignments }

    func setAssignment(_ assignment: KeyAssignment) throws {
        try removeAssignment(assignment)
        state.assignments.append(assignment)
    }

    func removeAssignment(_ assignment: KeyAssignment) throws {
        guard isWritable else { throw Refusal.readOnly }
        state.assignments.removeAll {
            $0.version.alias == assignment.version.alias && $0.partner == assignment.partner
        }
    }

    func keyExport(_ id: String) throws -> KeyExport? { state.exports[id] }

    func openKeyExports() throws -> [KeyExport] {
        state.exports.values.filter { $0.collectedAt == nil }.sorted { $0.id < $1.id }
    }

    func save(_ export: KeyExport) throws {
        guard isWritable else { throw Refusal.readOnly }
        state.exports[export.id] = export
    }

    func expiryNotices() throws -> [ExpiryNotice] { Array(state.notices) }

    func insert(_ notice: ExpiryNotice, at moment: Date) throws {
        guard isWritable else { throw Refusal.readOnly }
        guard state.notices.insert(notice).inserted else { throw Refusal.duplicate }
    }

    func generation() throws -> Int { state.generation }

    func bumpGeneration() throws -> Int {
        guard isWritable else { throw Refusal.readOnly }
        state.generation += 1
        return state.generation
    }

    func appendAudit(_ entry: AuditEntry) throws {
        guard isWritable else { throw Refusal.readOnly }
        guard entry.sequence == state.audit.count + 1 else { throw Refusal.duplicate }
        state.audit.append(entry)
    }

    func lastAuditEntry() throws -> AuditEntry? { state.audit.last }

    func auditEntries(after: Int, limit: Int) throws -> [AuditEntry] {
        Array(state.audit.filter { $0.sequence > after }.prefix(limit))
    }

    func appendAuditCheckpoint(_ checkpoint: AuditCheckpoint) throws {
        guard isWritable else { throw Refusal.readOnly }
        guard state.audit.contains(where: { $0.sequence == checkpoint.sequence && $0.hash == checkpoint.hash }) else {
            throw Refusal.missing
        }
        state.checkpoints.append(checkpoint)
    }

    func lastAuditCheckpoint() throws -> AuditCheckpoint? { state.checkpoints.last }

    func auditCheckpoints(after: Int, limit: Int) throws -> [AuditCheckpoint] {
        Array(state.checkpoints.filter { $0.sequence > after }.prefix(limit))
    }
}

extension KeyVersion {
    /// The same version under another alias.
    fileprivate func named(_ alias: KeyAlias) -> KeyVersion {
        KeyVersion(
            id: KeyVersionID(alias: alias, number: id.number),
            owner: owner,
            state: state,
            chain: chain,
            formerCertificates: formerCertificates,
            sealedPrivateKey: sealedPrivateKey,
            createdAt: createdAt,
            activatedAt: activatedAt,
            exchangedAt: exchangedAt,
            stoppedAcceptingAt: stoppedAcceptingAt,
            destroyedAt: destroyedAt
        )
    }
}
