package import FoundationEssentials

/// What the keystore needs of a store inside one transaction; synchronous, and undone as a whole when anything throws.
package protocol KeystoreTransaction {
    /// The version, or `nil`.
    func version(_ id: KeyVersionID) throws -> KeyVersion?
    /// The versions of `alias` by number.
    func versions(of alias: KeyAlias) throws -> [KeyVersion]
    /// Every version, by alias and number.
    func allVersions() throws -> [KeyVersion]
    /// As ``allVersions()``, with certificates that are not read yet.
    func storedVersions() throws -> [StoredKeyVersion]
    /// The versions of the aliases in `range`, by alias and number, with certificates that are not read yet.
    func storedVersions(of range: ClosedRange<KeyAlias>) throws -> [StoredKeyVersion]
    /// At most `limit` versions after `id` (`nil` for the first ones) that have a sealed private key, by alias and number,
    /// without their certificates.
    func sealedVersions(after id: KeyVersionID?, limit: Int) throws -> [KeyVersion]
    /// At most `limit` aliases after `after`, in order.
    func aliases(after: KeyAlias?, limit: Int) throws -> [KeyAlias]
    /// Every version whose leaf certificate has one of these `identityMarks`; may hold others too.
    func versions(marked marks: [[UInt8]]) throws -> [KeyVersion]
    /// Every retired or compromised version, by alias and number.
    func versionsOutOfUse() throws -> [KeyVersion]
    /// Every version that was added, changed or removed after `generation`; may name others too.
    func versionsChanged(since generation: Int) throws -> [KeyVersionID]
    /// Adds a version; throws when its identity is taken.
    func insert(_ version: KeyVersion) throws
    /// Replaces the stored version of the same identity; throws when there is none.
    func update(_ version: KeyVersion) throws

    /// Gives every version of `alias`, with all that refers to it, another name that is free; `alias` is a former name then.
    func rename(_ alias: KeyAlias, to name: KeyAlias, at moment: Date) throws
    /// What each former name of a key is called now.
    func formerAliases() throws -> [KeyAlias: KeyAlias]
    /// What a name is called now: itself, unless it is a former one.
    func presentAlias(of name: KeyAlias) throws -> KeyAlias
    /// What is under way on `alias` outside of the keystore, such as its renewals, by name.
    func workUnderWay(on alias: KeyAlias) throws -> [String]

    /// Which versions of `alias` protect messages of single partners, by partner.
    func assignments(of alias: KeyAlias) throws -> [KeyAssignment]
    /// Every assignment, by alias and partner.
    func allAssignments() throws -> [KeyAssignment]
    /// Sets the one assignment that an alias has for a partner.
    func setAssignment(_ assignment: KeyAssignment) throws
    /// Removes the assignment of that alias and partner.
    func removeAssignment(_ assignment: KeyAssignment) throws

    /// The export of that name, or `nil`.
    func keyExport(_ id: String) throws -> KeyExport?
    /// The exports that were not collected, oldest first.
    func openKeyExports() throws -> [KeyExport]
    /// Adds an export, or notes how it went on.
    func save(_ export: KeyExport) throws

    /// What was said about certificates that end.
    func expiryNotices() throws -> [ExpiryNotice]
    /// What was said about the certificates of one version.
    func expiryNotices(of id: KeyVersionID) throws -> [ExpiryNotice]
    /// The active versions whose certificate, or one above it, ends (``ExpiryWatch/ends(of:)``) after `lower` (`nil` for whenever) and not after `upper`, and of whose
    /// end within `days` nothing was noted.
    func versionsEnding(after lower: Date?, notAfter upper: Date, unsaid days: Int) throws -> [KeyVersionID]
    /// The accepted versions whose leaf certificates end first, at most `limit`, the first end first.
    func firstEnds(limit: Int) throws -> [KeyEnd]
    /// Notes that it was said; throws when it was noted before.
    func insert(_ notice: ExpiryNotice, at moment: Date) throws

    /// The number of the keyset, 0 at first; grows with every change to a version.
    func generation() throws -> Int
    /// Adds one to the generation and returns it.
    @discardableResult
    func bumpGeneration() throws -> Int

    /// Adds an entry to the audit log; throws when its sequence is taken.
    func appendAudit(_ entry: AuditEntry) throws
    /// The newest entry, or `nil`.
    func lastAuditEntry() throws -> AuditEntry?
    /// At most `limit` entries after sequence `after`, in order.
    func auditEntries(after: Int, limit: Int) throws -> [AuditEntry]
    /// At most `limit` entries whose subject is `subject` or begins with it and a slash, in order.
    func auditEntries(about subject: String, limit: Int) throws -> [AuditEntry]
    /// At most `limit` entries after sequence `after` whose action is `action`, in order.
    func auditEntries(of action: String, after: Int, limit: Int) throws -> [AuditEntry]
    /// Adds a checkpoint; throws when the log has no such entry, or the entry one already.
    func appendAuditCheckpoint(_ checkpoint: AuditCheckpoint) throws
    /// The newest checkpoint, or `nil`.
    func lastAuditCheckpoint() throws -> AuditCheckpoint?
    /// At most `limit` checkpoints of entries after sequence `after`, in order.
    func auditCheckpoints(after: Int, limit: Int) throws -> [AuditCheckpoint]
}

extension KeystoreTransaction {
    /// None: for stores that keep nothing but keys.
    package func workUnderWay(on alias: KeyAlias) throws -> [String] { [] }

    /// What a name is called now: itself, unless it is a former one.
    package func presentAlias(of name: KeyAlias) throws -> KeyAlias { try formerAliases()[name] ?? name }

    /// The version, also by a former name of its key, which journals and messages under way may still have.
    package func presentVersion(_ id: KeyVersionID) throws -> KeyVersion? {
        if let version = try version(id) { return version }
        let alias = try presentAlias(of: id.alias)
        return alias == id.alias ? nil : try version(KeyVersionID(alias: alias, number: id.number))
    }

    /// Looks through the whole log: for stores that keep little.
    package func auditEntries(about subject: String, limit: Int) throws -> [AuditEntry] {
        let entries = try auditEntries(after: 0, limit: .max)
        return Array(entries.filter { $0.subject == subject || $0.subject.hasPrefix("\(subject)/") }.prefix(limit))
    }

    /// Looks through the whole log: for stores that keep little.
    package func auditEntries(of action: String, after: Int, limit: Int) throws -> [AuditEntry] {
        Array(try auditEntries(after: after, limit: .max).filter { $0.action == action }.prefix(limit))
    }

    /// Looks through every version: for stores that keep few.
    package func aliases(after: KeyAlias?, limit: Int) throws -> [KeyAlias] {
        let aliases = Set(try allVersions().map(\.id.alias)).sorted()
        return Array(aliases.filter { alias in after.map { $0 < alias } ?? true }.prefix(limit))
    }

    /// Looks through every version: for stores that keep few.
    package func versionsOutOfUse() throws -> [KeyVersion] {
        try allVersions().filter { $0.state.canBecome(.destroyed) }
    }

    /// The versions whose keeping time is over at `now` and that are not destroyed yet, by alias and number.
    package func overdueVersions(at now: Date, _ retention: Retention) throws -> [KeyVersion] {
        try versionsOutOfUse().filter { version in retention.end(of: version).map { $0 <= now } ?? false }
    }

    /// Reads every version: for stores that keep few.
    package func storedVersions() throws -> [StoredKeyVersion] { try allVersions().map(StoredKeyVersion.init) }

    /// Reads every version: for stores that keep few.
    package func storedVersions(of range: ClosedRange<KeyAlias>) throws -> [StoredKeyVersion] {
        try storedVersions().filter { range.contains($0.bare.id.alias) }
    }

    /// Reads every version: for stores that keep few.
    package func sealedVersions(after id: KeyVersionID?, limit: Int) throws -> [KeyVersion] {
        let sealed = try storedVersions().map(\.bare).filter { $0.sealedPrivateKey != nil }
        return Array(sealed.filter { version in id.map { $0 < version.id } ?? true }.prefix(limit))
    }

    /// Every version: for stores that keep few.
    package func versions(marked marks: [[UInt8]]) throws -> [KeyVersion] { try allVersions() }

    /// Every version: for stores that keep few.
    package func versionsChanged(since generation: Int) throws -> [KeyVersionID] { try allVersions().map(\.id) }

    /// Writes what was done to the audit log, chained to the newest entry.
    package func audit(at: Date, actor: String, action: String, subject: String, detail: String) throws {
        let previous = try lastAuditEntry()
        try appendAudit(
            AuditEntry(following: previous, at: at, actor: actor, action: action, subject: subject, detail: detail)
        )
    }
}
