import GRDB
import Keystore
import Messaging

extension SQLiteTransaction: MessagingTransaction {
    func writeLease(_ lease: OpenOperationLease) throws {
        try run(
            """
            INSERT INTO open_operation (holder, flow, side, purpose, alias, version, count) VALUES (?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT DO UPDATE SET count = excluded.count
            """,
            key(lease.operation, lease.holder) + [lease.count]
        )
    }

    func removeLease(_ operation: OpenOperation, holder: String) throws {
        try run(
            """
            DELETE FROM open_operation
            WHERE holder = ? AND flow = ? AND side = ? AND purpose = ? AND alias = ? AND version = ?
            """,
            key(operation, holder)
        )
    }

    func removeLeases(holder: String) throws {
        try run("DELETE FROM open_operation WHERE holder = ?", [holder])
    }

    func leases() throws -> [OpenOperationLease] {
        try rows("SELECT * FROM open_operation ORDER BY holder, flow, side, purpose, alias, version")
            .map { row in
                OpenOperationLease(
                    operation: OpenOperation(
                        flow: try read(row["flow"], in: "open_operation") { FlowID(rawValue: $0) },
                        side: try read(row["side"], in: "open_operation") { ChannelSide(rawValue: $0) },
                        protection: try protection(row)
                    ),
                    holder: row["holder"],
                    count: row["count"]
                )
            }
    }

    private func key(_ operation: OpenOperation, _ holder: String) -> StatementArguments {
        [
            holder, operation.flow.rawValue, operation.side.rawValue,
            operation.protection?.purpose.rawValue ?? "exchange",
            operation.protection?.version.alias.rawValue ?? "", operation.protection?.version.number ?? 0,
        ]
    }

    private func protection(_ row: Row) throws -> OpenOperation.Protection? {
        let purpose: String = row["purpose"]
        guard purpose != "exchange" else { return nil }
        return OpenOperation.Protection(
            version: KeyVersionID(
                alias: try read(row["alias"], in: "open_operation") { KeyAlias(rawValue: $0) },
                number: row["version"]
            ),
            purpose: try read(purpose, in: "open_operation") { KeyPurpose(rawValue: $0) }
        )
    }
}
