import GRDB
import Messaging

extension SQLiteTransaction {
    func flowRecords() throws -> [FlowRecord] {
        try rows("SELECT * FROM flow ORDER BY id").map(flowRecord)
    }

    func flowRecord(_ id: FlowID) throws -> FlowRecord? {
        try row("SELECT * FROM flow WHERE id = ?", [id.rawValue]).map(flowRecord)
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

    private func flowRecord(_ row: Row) throws -> FlowRecord {
        let yaml: String = row["yaml"]
        let id: String = row["id"]
        return FlowRecord(
            flow: try IntegrationFlow(yaml: yaml, file: "flow \(id) in the store"),
            status: try read(row["status"], in: "flow") { FlowStatus(rawValue: $0) }
        )
    }
}
