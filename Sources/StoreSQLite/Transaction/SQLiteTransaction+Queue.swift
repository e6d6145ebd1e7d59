import Foundation
import GRDB
import Messaging

extension SQLiteTransaction {
    func insert(_ message: StoredMessage) throws -> Bool {
        try run(
            """
            INSERT INTO message (id, flow, message_id, action, sealed_envelope, accepted_at, due_at, deadline, state,
                held_at, attempts, trace)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8,
                CASE (SELECT status FROM flow WHERE id = ?2) WHEN 'deployed' THEN 'waiting' ELSE 'held' END,
                CASE (SELECT status FROM flow WHERE id = ?2) WHEN 'deployed' THEN NULL ELSE ?6 END, 0, ?9)
            ON CONFLICT (flow, message_id) DO NOTHING
            """,
            [
                message.id, message.flow.rawValue, message.messageID, message.action, Data(message.sealedEnvelope),
                Moment(message.acceptedAt), Moment(message.dueAt), Moment(message.deadline),
                message.trace,
            ]
        ) == 1
    }

    func claimDueMessages(at now: Date, limit: Int, holder: String) throws -> [StoredMessage] {
        try rows(
            """
            UPDATE message SET state = 'processing', attempts = attempts + 1, holder = ?
            WHERE sequence IN (
                SELECT message.sequence FROM message JOIN flow ON flow.id = message.flow
                WHERE message.state IN ('waiting', 'retry') AND message.due_at <= ? AND flow.status = 'deployed'
                ORDER BY message.due_at, message.sequence LIMIT ?)
            RETURNING *
            """,
            [holder, Moment(now), max(limit, 0)]
        )
        .map(storedMessage)
        .sorted { $0.sequence < $1.sequence }
        .map(\.message)
    }

    func hasDueMessages(at now: Date) throws -> Bool {
        try row(
            """
            SELECT 1 FROM message JOIN flow ON flow.id = message.flow
            WHERE message.state IN ('waiting', 'retry') AND message.due_at <= ? AND flow.status = 'deployed' LIMIT 1
            """,
            [Moment(now)]
        ) != nil
    }

    func message(_ id: String) throws -> StoredMessage? {
        try row("SELECT * FROM message WHERE id = ?", [id]).map { try storedMessage($0).message }
    }

    func message(named messageID: String, of flow: FlowID) throws -> StoredMessage? {
        try row("SELECT * FROM message WHERE flow = ? AND message_id = ?", [flow.rawValue, messageID])
            .map { try storedMessage($0).message }
    }

    func messages(of flow: FlowID, limit: Int) throws -> [StoredMessage] {
        try rows("SELECT * FROM message WHERE flow = ? ORDER BY sequence LIMIT ?", [flow.rawValue, max(limit, 0)])
            .map { try storedMessage($0).message }
    }

    func messages(matching query: MessageQuery) throws -> [StoredMessage] {
        let id = query.id
        return try rows(
            """
            SELECT sequence, id, flow, message_id, action, NULL AS sealed_envelope, accepted_at, due_at, deadline, state,
                attempts, holder, held_at, reason, ended_at, trace
            FROM message
            WHERE (?1 IS NULL OR flow = ?1) AND (?2 IS NULL OR state = ?2) AND (?3 IS NULL OR message_id = ?3 OR id = ?3)
                AND (?4 IS NULL OR accepted_at >= ?4) AND (?5 IS NULL OR accepted_at < ?5)
            ORDER BY sequence DESC LIMIT ?6
            """,
            [
                query.flow?.rawValue, query.state?.rawValue, id, query.acceptedFrom.map(Moment.init),
                query.acceptedBefore.map(Moment.init), max(query.limit, 0),
            ]
        )
        .map { try storedMessage($0).message }
    }

    func messageCounts() throws -> [FlowID: [StoredMessage.State: Int]] {
        var counts: [FlowID: [StoredMessage.State: Int]] = [:]
        for row in try rows("SELECT flow, state, count(*) AS count FROM message GROUP BY flow, state") {
            let flow = try read(row["flow"], in: "message") { FlowID(rawValue: $0) }
            let state = try read(row["state"], in: "message") { StoredMessage.State(rawValue: $0) }
            counts[flow, default: [:]][state] = row["count"]
        }
        return counts
    }

    private func storedMessage(_ row: Row) throws -> (sequence: Int, message: StoredMessage) {
        let sealed: Data? = row["sealed_envelope"]
        let message = StoredMessage(
            id: row["id"],
            flow: try read(row["flow"], in: "message") { FlowID(rawValue: $0) },
            messageID: row["message_id"],
            action: row["action"],
            sealedEnvelope: sealed.map { [UInt8]($0) } ?? [],
            acceptedAt: row.moment("accepted_at"),
            dueAt: row.moment("due_at"),
            deadline: row.moment("deadline"),
            state: try read(row["state"], in: "message") { StoredMessage.State(rawValue: $0) },
            attempts: row["attempts"],
            reason: row["reason"],
            endedAt: row.optionalMoment("ended_at"),
            trace: row["trace"]
        )
        return (row["sequence"], message)
    }
}
