package import Cryptography
package import FoundationEssentials

/// Signs the audit log with a key of the tenant's own, which is a key of the keystore like any other.
package struct AuditSigning: Sendable {
    /// How often the log is signed.
    package struct Schedule: Hashable, Sendable {
        /// After so many entries.
        package var entryCount = 100
        /// After this time, when there are new entries.
        package var interval = Duration.seconds(300)

        package init() {}
    }

    /// The alias of the signing key.
    package static let aliasName = "rekey-audit"

    private static let validity = Duration.seconds(2 * 365 * 86_400)
    /// A key that ends before this is replaced.
    private static let leastRest = Duration.seconds(60 * 86_400)

    private let masterKey: MasterKey
    private let schedule: Schedule
    private let actor: String

    /// - Parameters:
    ///   - masterKey: What the signing key is sealed under.
    ///   - schedule: How often the log is signed.
    ///   - actor: Who is said to have made the key.
    package init(masterKey: MasterKey, schedule: Schedule = Schedule(), actor: String) {
        self.masterKey = masterKey
        self.schedule = schedule
        self.actor = actor
    }

    /// Signs the log up to its last entry when that is due; `isForced` signs whatever is not signed yet.
    ///
    /// Makes the key when there is none, and the next one before it ends. Returns the new checkpoint, `nil` when nothing
    /// is to be signed.
    @discardableResult
    package func sign(
        _ transaction: any KeystoreTransaction,
        at now: Date,
        isForced: Bool = false
    ) throws -> AuditCheckpoint? {
        let former = try transaction.lastAuditCheckpoint()
        guard let before = try transaction.lastAuditEntry() else { return nil }
        let count = before.sequence - (former?.sequence ?? 0)
        let isLate = former.map { now.timeIntervalSince($0.at) >= Double(schedule.interval.components.seconds) } ?? true
        guard count > 0, isForced || count >= schedule.entryCount || isLate else { return nil }
        let version = try signingVersion(transaction, at: now)
        guard let key = try masterKey.privateKey(of: version), let certificate = version.certificate,
            let last = try transaction.lastAuditEntry()
        else { throw KeystoreError.noPrivateKey(version.id) }
        let checkpoint = try AuditCheckpoint(signing: last, at: now, key: key, certificate: certificate)
        try transaction.appendAuditCheckpoint(checkpoint)
        return checkpoint
    }

    /// The certificates of every signing key that there was, the present one last.
    package static func certificates(_ transaction: any KeystoreTransaction) throws -> [Certificate] {
        try transaction.versions(of: KeyAlias(aliasName)).compactMap(\.certificate)
    }

    /// The version that signs; a new one when there is none, or when it ends soon.
    private func signingVersion(_ transaction: any KeystoreTransaction, at now: Date) throws -> KeyVersion {
        let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: actor)
        let alias = try KeyAlias(Self.aliasName)
        guard let active = try transaction.versions(of: alias).first(where: { $0.state == .active }) else {
            let version = try keys.create(alias: alias, kind: .p256, subject: "CN=\(alias)", validity: Self.validity)
            return version.state == .active ? version : try keys.exchange(to: version.id)
        }
        let rest = active.certificate.map { $0.notAfter.timeIntervalSince(now) } ?? 0
        guard rest < Double(Self.leastRest.components.seconds) else { return active }
        let next = try keys.create(alias: alias, kind: .p256, subject: "CN=\(alias)", validity: Self.validity)
        return try keys.exchange(to: next.id)
    }
}
