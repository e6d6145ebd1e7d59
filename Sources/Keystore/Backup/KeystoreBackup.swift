import Cryptography
package import FoundationEssentials

/// All versions of a keystore, or of one alias, at one moment.
///
/// Private keys are in it as they are in the store: sealed under the master key. So a backup and its passphrase alone open no
/// key, and one person may make one. Of a key in a token it has the reference alone: the token's own means back the key up.
package struct KeystoreBackup: Sendable {
    /// The most octets of a backup that are read.
    package static let octetLimit = 256 << 20
    private static let prefix = Array("rekey keystore backup 1\n".utf8)

    /// When it was made.
    package let madeAt: Date
    /// The generation of the keyset.
    package let generation: Int
    /// The newest entry of the audit log, which the log of then must have; `nil` when there was none.
    package let audit: AuditEntry?
    /// The versions by alias and number.
    package let versions: [KeyVersion]
    /// Which of them protect messages of single partners, by alias and partner.
    package let assignments: [KeyAssignment]

    /// What `transaction` holds, of one alias or of all.
    package init(_ transaction: any KeystoreTransaction, alias: KeyAlias? = nil, at now: Date) throws {
        let versions = try alias.map { try transaction.versions(of: $0) } ?? transaction.allVersions()
        if let alias, versions.isEmpty { throw KeystoreError.unknownAlias(alias) }
        madeAt = now
        generation = try transaction.generation()
        audit = try transaction.lastAuditEntry()
        self.versions = versions
        assignments = try alias.map { try transaction.assignments(of: $0) } ?? transaction.allAssignments()
    }

    /// Reads what ``sealed(passphrase:)`` wrote; throws `cryptography(.wrongPassword)` or `malformedBackup`.
    package init(_ octets: [UInt8], passphrase: String) throws(KeystoreError) {
        guard octets.count <= Self.octetLimit else { throw .malformedBackup("it is too large") }
        guard octets.starts(with: Self.prefix) else { throw .malformedBackup("it does not begin as one") }
        let plain = try KeystoreError.wrapping { () throws(CryptographyError) in
            try PassphraseSealing.open(octets, passphrase: passphrase, prefix: Self.prefix)
        }
        guard let document = try? JSONDecoder().decode(Document.self, from: Data(plain)) else {
            throw .malformedBackup("another version of rekey made it")
        }
        madeAt = document.madeAt
        generation = document.generation
        audit = document.audit
        var versions: [KeyVersion] = []
        for entry in document.versions { versions.append(try entry.version()) }
        self.versions = versions.sorted { $0.id < $1.id }
        // Backups of earlier programs have none.
        assignments = (document.assignments ?? []).map(\.assignment)
    }

    /// The backup as one file, sealed under `passphrase`.
    package func sealed(passphrase: String) throws(KeystoreError) -> [UInt8] {
        let document = Document(
            madeAt: madeAt,
            generation: generation,
            audit: audit,
            versions: versions.map(Entry.init),
            assignments: assignments.map(Assigned.init)
        )
        guard let plain = try? JSONEncoder().encode(document) else { throw .malformedBackup("it cannot be written") }
        return try KeystoreError.wrapping { () throws(CryptographyError) in
            try PassphraseSealing.seal(Array(plain), passphrase: passphrase, prefix: Self.prefix)
        }
    }

    private struct Document: Codable {
        let madeAt: Date
        let generation: Int
        let audit: AuditEntry?
        let versions: [Entry]
        let assignments: [Assigned]?
    }
}
