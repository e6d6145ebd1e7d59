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
        try storedFlow(id).map { try $0.record() }
    }

    func storedFlow(path: String) throws -> StoredFlow? {
        try row("SELECT * FROM flow WHERE path = ?", [path]).map(storedFlow)
    }

    func storedFlow(_ id: FlowID) throws -> StoredFlow? {
        try row("SELECT * FROM flow WHERE id = ?", [id.rawValue]).map(storedFlow)
    }

    func storedFlows(after: String?, limit: Int) throws -> [StoredFlow] {
        try rows("SELECT * FROM flow WHERE id > ? ORDER BY id LIMIT ?", [after ?? "", max(limit, 0)]).map(storedFlow)
    }

    func storedFlows(unreadBy reader: String) throws -> [StoredFlow] {
        // Each by the index; with OR the planner would read the table.
        try rows(
            """
            SELECT * FROM flow WHERE reader IS NULL
            UNION ALL SELECT * FROM flow WHERE reader < ?1
            UNION ALL SELECT * FROM flow WHERE reader > ?1
            """,
            [reader]
        )
        .map(storedFlow)
    }

    func noteRead(_ flows: [String], by reader: String) throws {
        for flow in flows { try run("UPDATE flow SET reader = ? WHERE id = ?", [reader, flow]) }
    }

    func flowFiles(readBy reader: String) throws -> Set<FlowFile> {
        try Set(
            rows("SELECT path, mark FROM flow_file WHERE reader = ?", [reader])
                .map { FlowFile(path: $0["path"], mark: $0["mark"]) }
        )
    }

    func noteFiles(_ files: Set<FlowFile>, readBy reader: String) throws {
        try run("DELETE FROM flow_file", [])
        for file in files {
            try run("INSERT INTO flow_file (path, mark, reader) VALUES (?, ?, ?)", [file.path, file.mark, reader])
        }
    }

    func save(_ record: FlowRecord) throws {
        try run(
            """
            INSERT INTO flow (id, path, status, yaml, ordered) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (id) DO UPDATE SET path = excluded.path, status = excluded.status, yaml = excluded.yaml,
                ordered = excluded.ordered, reader = CASE WHEN yaml = excluded.yaml THEN reader END
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
