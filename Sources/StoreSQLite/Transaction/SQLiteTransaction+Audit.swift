import Foundation
import GRDB
import Keystore

extension SQLiteTransaction {
    func appendAudit(_ entry: AuditEntry) throws {
        try run(
            """
            INSERT INTO audit (sequence, at, actor, action, subject, detail, previous_hash, hash)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                entry.sequence, Moment(entry.at), entry.actor, entry.action, entry.subject, entry.detail,
                Data(entry.previousHash), Data(entry.hash),
            ]
        )
    }

    func lastAuditEntry() throws -> AuditEntry? {
        try row("SELECT * FROM audit ORDER BY sequence DESC LIMIT 1").map(auditEntry)
    }

    func auditEntries(after sequence: Int, limit: Int) throws -> [AuditEntry] {
        try rows("SELECT * FROM audit WHERE sequence > ? ORDER BY sequence LIMIT ?", [sequence, max(limit, 0)])
            .map(auditEntry)
    }

    func auditEntries(about subject: String, limit: Int) throws -> [AuditEntry] {
        // The character after the slash ends the range of what begins with it.
        try rows(
            "SELECT * FROM audit WHERE subject = ?1 OR (subject > ?1 || '/' AND subject < ?1 || '0') ORDER BY sequence LIMIT ?2",
            [subject, max(limit, 0)]
        )
        .map(auditEntry)
    }

    func auditEntries(of action: String, after sequence: Int, limit: Int) throws -> [AuditEntry] {
        try rows(
            "SELECT * FROM audit WHERE action = ? AND sequence > ? ORDER BY sequence LIMIT ?",
            [action, sequence, max(limit, 0)]
        )
        .map(auditEntry)
    }

    func appendAuditCheckpoint(_ checkpoint: AuditCheckpoint) throws {
        try run(
            "INSERT INTO audit_checkpoint (sequence, hash, at, key, signature) VALUES (?, ?, ?, ?, ?)",
            [
                checkpoint.sequence, Data(checkpoint.hash), Moment(checkpoint.at), Data(checkpoint.key),
                Data(checkpoint.signature),
            ]
        )
    }

    func lastAuditCheckpoint() throws -> AuditCheckpoint? {
        try row("SELECT * FROM audit_checkpoint ORDER BY sequence DESC LIMIT 1").map(auditCheckpoint)
    }

    func auditCheckpoints(after sequence: Int, limit: Int) throws -> [AuditCheckpoint] {
        try rows(
            "SELECT * FROM audit_checkpoint WHERE sequence > ? ORDER BY sequence LIMIT ?",
            [sequence, max(limit, 0)]
        )
        .map(auditCheckpoint)
    }

    private func auditCheckpoint(_ row: Row) -> AuditCheckpoint {
        let (hash, key, signature) = (row["hash"] as Data, row["key"] as Data, row["signature"] as Data)
        return AuditCheckpoint(
            sequence: row["sequence"],
            hash: [UInt8](hash),
            at: row.moment("at"),
            key: [UInt8](key),
            signature: [UInt8](signature)
        )
    }

    private func auditEntry(_ row: Row) -> AuditEntry {
        let previousHash: Data = row["previous_hash"]
        let hash: Data = row["hash"]
        return AuditEntry(
            sequence: row["sequence"],
            at: row.moment("at"),
            actor: row["actor"],
            action: row["action"],
            subject: row["subject"],
            detail: row["detail"],
            previousHash: [UInt8](previousHash),
            hash: [UInt8](hash)
        )
    }
}
