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

    func expiryNotices(of id: KeyVersionID) throws -> [ExpiryNotice] {
        try rows(
            "SELECT * FROM key_expiry_notice WHERE alias = ? AND number = ? ORDER BY not_after, days",
            [id.alias.rawValue, id.number]
        )
        .map { ExpiryNotice(version: id, notAfter: $0.moment("not_after"), days: $0["days"]) }
    }

    func versionsEnding(after lower: Date?, notAfter upper: Date, unsaid days: Int) throws -> [KeyVersionID] {
        try rows(
            """
            SELECT DISTINCT alias, number FROM key_end
            WHERE not_after > ?1 AND not_after <= ?2
                AND EXISTS (
                    SELECT 1 FROM key_version
                    WHERE alias = key_end.alias AND number = key_end.number AND state = 'active')
                AND NOT EXISTS (
                    SELECT 1 FROM key_expiry_notice
                    WHERE alias = key_end.alias AND number = key_end.number AND not_after = key_end.not_after
                        AND days = ?3)
            """,
            [lower.map { Moment($0).databaseValue } ?? Int64.min.databaseValue, Moment(upper), days]
        )
        .map { try keyVersionID($0, in: "key_end") }
    }

    func firstEnds(limit: Int) throws -> [KeyEnd] {
        try rows(
            """
            SELECT alias, number, state, not_after FROM key_end JOIN key_version USING (alias, number) WHERE is_own = 1
            ORDER BY not_after, alias, number LIMIT ?
            """,
            [max(limit, 0)]
        )
        .map { row in
            KeyEnd(
                version: try keyVersionID(row, in: "key_end"),
                state: try read(row["state"], in: "key_version") { KeyVersionState(rawValue: $0) },
                notAfter: row.moment("not_after")
            )
        }
    }

    /// When the version's certificate, and those above it, end, as long as it is accepted.
    func writeEnds(of version: KeyVersion) throws {
        let key: StatementArguments = [version.id.alias.rawValue, version.id.number]
        try run("DELETE FROM key_end WHERE alias = ? AND number = ?", key)
        guard version.state.canProcess else { return }
        let ends = ExpiryWatch.ends(of: version)
        for (place, end) in ends.enumerated() {
            try run(
                "INSERT INTO key_end (alias, number, not_after, is_own) VALUES (?, ?, ?, ?)",
                key + [Moment(end), place == ends.count - 1]
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
