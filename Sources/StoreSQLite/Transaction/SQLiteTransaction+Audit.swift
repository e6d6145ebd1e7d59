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
