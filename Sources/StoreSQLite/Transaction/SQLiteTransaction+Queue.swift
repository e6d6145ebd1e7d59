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

    func insertCompleted(_ message: StoredMessage, at now: Date) throws -> Bool {
        try run(
            """
            INSERT INTO message (id, flow, message_id, action, accepted_at, due_at, deadline, state, ended_at, attempts,
                trace)
            VALUES (?, ?, ?, ?, ?, ?, ?, 'completed', ?, 1, ?)
            ON CONFLICT (flow, message_id) DO NOTHING
            """,
            [
                message.id, message.flow.rawValue, message.messageID, message.action, Moment(message.acceptedAt),
                Moment(message.dueAt), Moment(message.deadline), Moment(now), message.trace,
            ]
        ) == 1
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
            SELECT \(Self.columnsWithoutEnvelope) FROM message
            WHERE (?1 IS NULL OR flow = ?1) AND (?2 IS NULL OR iif(state = 'waiting', 'processing', state) = ?2)
                AND (?3 IS NULL OR message_id = ?3 OR id = ?3)
                AND (?4 IS NULL OR accepted_at >= ?4) AND (?5 IS NULL OR accepted_at < ?5)
            ORDER BY sequence DESC LIMIT ?6
            """,
            [
                query.flow?.rawValue, query.status?.rawValue, id, query.acceptedFrom.map(Moment.init),
                query.acceptedBefore.map(Moment.init), max(query.limit, 0),
            ]
        )
        .map { try storedMessage($0).message }
    }

    func messageCounts() throws -> [FlowID: [StoredMessage.State: Int]] {
        var counts: [FlowID: [StoredMessage.State: Int]] = [:]
        for row in try rows(
            """
            SELECT flow, state, count(*) AS count FROM message WHERE state NOT IN ('completed', 'discarded')
            GROUP BY flow, state
            """
        ) {
            let flow = try read(row["flow"], in: "message") { FlowID(rawValue: $0) }
            let state = try read(row["state"], in: "message") { StoredMessage.State(rawValue: $0) }
            counts[flow, default: [:]][state] = row["count"]
        }
        return counts
    }

    func intake(of flow: FlowID, since moment: Date) throws -> [HourlyIntake] {
        try rows(
            "SELECT hour, count, octets FROM flow_intake WHERE flow = ? AND hour >= ? ORDER BY hour",
            [flow.rawValue, Int((moment.timeIntervalSince1970 / Self.hour).rounded(.down))]
        )
        .map { row in
            let hour: Int = row["hour"]
            return HourlyIntake(
                hour: Date(timeIntervalSince1970: Double(hour) * Self.hour),
                messageCount: row["count"],
                octetCount: row["octets"]
            )
        }
    }

    private static let hour: Double = 3600

    /// Every column of a message, with nothing for the envelope.
    static let columnsWithoutEnvelope = """
        sequence, id, flow, message_id, action, NULL AS sealed_envelope, accepted_at, due_at, deadline, state,
        attempts, holder, held_at, reason, ended_at, trace
        """

    func storedMessage(_ row: Row) throws -> (sequence: Int, message: StoredMessage) {
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
