package import FoundationEssentials

/// What the keystore needs of a store inside one transaction; synchronous, and undone as a whole when anything throws.
package protocol KeystoreTransaction {
    /// The version, or `nil`.
    func version(_ id: KeyVersionID) throws -> KeyVersion?
    /// The versions of `alias` by number.
    func versions(of alias: KeyAlias) throws -> [KeyVersion]
    /// Every version, by alias and number.
    func allVersions() throws -> [KeyVersion]
    /// Adds a version; throws when its identity is taken.
    func insert(_ version: KeyVersion) throws
    /// Replaces the stored version of the same identity; throws when there is none.
    func update(_ version: KeyVersion) throws

    /// The export of that name, or `nil`.
    func keyExport(_ id: String) throws -> KeyExport?
    /// The exports that were not collected, oldest first.
    func openKeyExports() throws -> [KeyExport]
    /// Adds an export, or notes how it went on.
    func save(_ export: KeyExport) throws

    /// What was said about certificates that end.
    func expiryNotices() throws -> [ExpiryNotice]
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
}

extension KeystoreTransaction {
    /// Writes what was done to the audit log, chained to the newest entry.
    package func audit(at: Date, actor: String, action: String, subject: String, detail: String) throws {
        let previous = try lastAuditEntry()
        try appendAudit(
            AuditEntry(following: previous, at: at, actor: actor, action: action, subject: subject, detail: detail)
        )
    }
}
