import Foundation
import GRDB
import Keystore

extension SQLiteTransaction {
    func keyExport(_ id: String) throws -> KeyExport? {
        try row("SELECT * FROM key_export WHERE id = ?", [id]).map(keyExport)
    }

    func openKeyExports() throws -> [KeyExport] {
        try rows("SELECT * FROM key_export WHERE collected_at IS NULL ORDER BY requested_at, id").map(keyExport)
    }

    func save(_ export: KeyExport) throws {
        try run(
            """
            INSERT INTO key_export
                (id, alias, number, reason, requested_by, requested_at, approved_by, approved_at, collected_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET approved_by = excluded.approved_by, approved_at = excluded.approved_at,
                collected_at = excluded.collected_at
            """,
            [
                export.id, export.version.alias.rawValue, export.version.number, export.reason, export.requestedBy,
                Moment(export.requestedAt), export.approvedBy, export.approvedAt.map(Moment.init),
                export.collectedAt.map(Moment.init),
            ]
        )
    }

    func expiryNotices() throws -> [ExpiryNotice] {
        try rows("SELECT * FROM key_expiry_notice ORDER BY alias, number, not_after, days")
            .map { row in
                ExpiryNotice(
                    version: try keyVersionID(row, in: "key_expiry_notice"),
                    notAfter: row.moment("not_after"),
                    days: row["days"]
                )
            }
    }

    func insert(_ notice: ExpiryNotice, at moment: Date) throws {
        try run(
            "INSERT INTO key_expiry_notice (alias, number, not_after, days, at) VALUES (?, ?, ?, ?, ?)",
            [
                notice.version.alias.rawValue, notice.version.number, Moment(notice.notAfter), notice.days,
                Moment(moment),
            ]
        )
    }

    private func keyExport(_ row: Row) throws -> KeyExport {
        KeyExport(
            id: row["id"],
            version: try keyVersionID(row, in: "key_export"),
            reason: row["reason"],
            requestedBy: row["requested_by"],
            requestedAt: row.moment("requested_at"),
            approvedBy: row["approved_by"],
            approvedAt: row.optionalMoment("approved_at"),
            collectedAt: row.optionalMoment("collected_at")
        )
    }

    private func keyVersionID(_ row: Row, in table: String) throws -> KeyVersionID {
        let number: Int = row["number"]
        return KeyVersionID(alias: try read(row["alias"], in: table) { KeyAlias(rawValue: $0) }, number: number)
    }
}
