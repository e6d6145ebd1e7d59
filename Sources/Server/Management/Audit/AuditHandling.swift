import Cryptography
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Shows the audit log with its checkpoints, and exports it.
struct AuditHandling {
    private static let pageLimit = 1000

    let tenant: Tenant

    func entries(after: Int, limit: Int, for actor: Actor) async throws -> [AuditResource] {
        try actor.require(.tenantAdministrator, in: tenant, to: "see the audit log")
        let limit = min(limit, Self.pageLimit)
        return try await tenant.keystore.read { try $0.auditEntries(after: max(0, after), limit: limit) }
            .map(AuditResource.init)
    }

    func checkpoints(after: Int, limit: Int, for actor: Actor) async throws -> [AuditCheckpointResource] {
        try actor.require(.tenantAdministrator, in: tenant, to: "see the audit log")
        let limit = min(limit, Self.pageLimit)
        return try await tenant.keystore.read { try $0.auditCheckpoints(after: max(0, after), limit: limit) }
            .map(AuditCheckpointResource.init)
    }

    /// Writes the export to the audit log and signs that, so that what is exported ends with a checkpoint.
    func export(_ request: ExportAudit, by actor: Actor) async throws -> AuditExport {
        try actor.require(.tenantAdministrator, in: tenant, to: "export the audit log")
        guard ["jsonl", "syslog"].contains(request.format) else {
            throw Refusal.malformed("no form \(request.format.prefix(16))", remedy: "use jsonl or syslog")
        }
        let (now, signing) = (tenant.clock.now, AuditSigning(masterKey: tenant.masterKey, actor: "rekey"))
        return try await tenant.keystore.write { transaction in
            let end = try transaction.lastAuditEntry()?.sequence ?? 0
            let (first, last) = (request.first ?? 1, request.last ?? end + 1)
            guard first > 0, first <= last, first <= end else {
                throw Refusal.malformed(
                    "the log has the entries 1 to \(end), not \(first) to \(last)",
                    remedy: "choose a range of it"
                )
            }
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: "audit.export",
                subject: "\(first) to \(min(last, end + 1))",
                detail: request.format
            )
            try signing.sign(transaction, at: now, isForced: true)
            let whole = try transaction.lastAuditEntry()?.sequence ?? end
            return AuditExport(
                first: first,
                last: request.last.map { min($0, whole) } ?? whole,
                certificates: try AuditSigning.certificates(transaction).map(\.pem)
            )
        }
    }
}

extension AuditResource {
    init(_ entry: AuditEntry) {
        self.init(
            sequence: entry.sequence,
            at: entry.at,
            actor: entry.actor,
            action: entry.action,
            subject: entry.subject,
            detail: entry.detail,
            previousHash: Hexadecimal.text(entry.previousHash),
            hash: Hexadecimal.text(entry.hash)
        )
    }
}

extension AuditCheckpointResource {
    init(_ checkpoint: AuditCheckpoint) {
        self.init(
            sequence: checkpoint.sequence,
            hash: Hexadecimal.text(checkpoint.hash),
            at: checkpoint.at,
            key: Hexadecimal.text(checkpoint.key),
            signature: Hexadecimal.text(checkpoint.signature)
        )
    }
}
