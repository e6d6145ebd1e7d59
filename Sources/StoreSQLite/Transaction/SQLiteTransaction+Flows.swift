import GRDB
import Messaging

extension SQLiteTransaction {
    func flowRecords() throws -> [FlowRecord] {
        try storedFlows().map { try $0.record() }
    }

    func storedFlows() throws -> [StoredFlow] {
        try rows("SELECT * FROM flow ORDER BY id").map(storedFlow)
    }

    func flowRecord(_ id: FlowID) throws -> FlowRecord? {
        try row("SELECT * FROM flow WHERE id = ?", [id.rawValue]).map { try storedFlow($0).record() }
    }

    func save(_ record: FlowRecord) throws {
        try run(
            """
            INSERT INTO flow (id, path, status, yaml, ordered) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET path = excluded.path, status = excluded.status, yaml = excluded.yaml,
                ordered = excluded.ordered
            """,
            [
                record.flow.id.rawValue, record.flow.sender.path, record.status.rawValue, record.flow.yaml,
                record.flow.delivery.isOrdered,
            ]
        )
    }

    private func storedFlow(_ row: Row) throws -> StoredFlow {
        StoredFlow(
            id: row["id"],
            yaml: row["yaml"],
            status: try read(row["status"], in: "flow") { FlowStatus(rawValue: $0) }
        )
    }
}
