package import Cryptography
import FoundationEssentials

extension KeyOperations {
    /// Asks for the private key of a version; `person` is who asks.
    ///
    /// Throws `noPrivateKey`, `keyInToken` or `unknownVersion`.
    package func requestExport(
        _ id: KeyVersionID,
        named name: String,
        by person: String,
        reason: String
    ) throws -> KeyExport {
        let version = try existing(id)
        if let held = version.tokenKey { throw KeystoreError.keyInToken(id, held.token) }
        guard version.hasPrivateKey else { throw KeystoreError.noPrivateKey(id) }
        let export = KeyExport(id: name, version: id, reason: reason, requestedBy: person, requestedAt: now)
        try transaction.save(export)
        try note("key.export-request", export, reason)
        return export
    }

    /// Approves another person's request.
    ///
    /// Throws `unknownExport`, `exportRefused` or `secondPersonNeeded`.
    package func approveExport(_ name: String, by person: String) throws -> KeyExport {
        var export = try export(name)
        guard export.status(at: now) == .requested else { throw refusal(export, "approved") }
        guard person != export.requestedBy else { throw KeystoreError.secondPersonNeeded(export.version) }
        export.approvedBy = person
        export.approvedAt = now
        try transaction.save(export)
        try note("key.export-approve", export, "for \(export.requestedBy)")
        return export
    }

    /// Hands the private key with its certificates to the person who asked for it, once.
    ///
    /// The caller encrypts it before it goes anywhere. Throws `unknownExport`, `exportRefused` or `noPrivateKey`.
    package func collectExport(
        _ name: String,
        by person: String
    ) throws -> (export: KeyExport, key: PrivateKey, chain: [Certificate]) {
        var export = try export(name)
        guard export.status(at: now) == .approved, person == export.requestedBy else {
            throw refusal(export, "collected by \(person)")
        }
        let version = try existing(export.version)
        let key = try privateKey(of: version)
        export.collectedAt = now
        try transaction.save(export)
        try note("key.export", export, "approved by \(export.approvedBy ?? "-"), encrypted")
        return (export, key, version.chain)
    }

    private func export(_ name: String) throws -> KeyExport {
        guard let export = try transaction.keyExport(name) else { throw KeystoreError.unknownExport(name) }
        return export
    }

    private func refusal(_ export: KeyExport, _ act: String) -> KeystoreError {
        .exportRefused(export.id, status: export.status(at: now).rawValue, act: act, requestedBy: export.requestedBy)
    }

    private func note(_ action: String, _ export: KeyExport, _ detail: String) throws {
        try transaction.audit(
            at: now,
            actor: actor,
            action: action,
            subject: export.version.description,
            detail: "\(export.id): \(detail)"
        )
    }
}
