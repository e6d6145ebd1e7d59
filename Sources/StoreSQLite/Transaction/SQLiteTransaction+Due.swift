import Foundation
import GRDB
import Messaging

/// Which messages are delivered next.
extension SQLiteTransaction {
    func claimDueMessages(at now: Date, limit: Int, perFlow: Int, holder: String) throws -> [StoredMessage] {
        try due(at: now, limit: limit, perFlow: perFlow)
            .compactMap { due in
                try row(
                    """
                    UPDATE message SET state = 'processing', attempts = attempts + 1, holder = ? WHERE sequence = ?
                    RETURNING *
                    """,
                    [holder, due.sequence]
                )
                .map(storedMessage)
            }
            .sorted { $0.sequence < $1.sequence }
            .map(\.message)
    }

    func hasDueMessages(at now: Date, perFlow: Int) throws -> Bool {
        try !due(at: now, limit: 1, perFlow: perFlow).isEmpty
    }

    func firstOpenMessage(of flow: FlowID) throws -> StoredMessage? {
        try firstOpenSequence(of: flow.rawValue)
            .flatMap { sequence in
                try row("SELECT \(Self.columnsWithoutEnvelope) FROM message WHERE sequence = ?", [sequence])
            }
            .map { try storedMessage($0).message }
    }

    private struct Due {
        let sequence: Int
        let dueAt: Int
    }

    /// The longest due first, at most `limit`, and of each flow what brings it to `perFlow` under way.
    private func due(at now: Date, limit: Int, perFlow: Int) throws -> [Due] {
        var due: [Due] = []
        for flow in try rows(Self.flowsWithDueMessages, [Moment(now)]) {
            let id: String = flow["id"]
            let isOrdered: Bool = flow["ordered"]
            let room = min(limit, perFlow - (flow["under_way"] as Int))
            guard room > 0 else { continue }
            due += try isOrdered ? firstDue(of: id, at: now) : self.due(of: id, at: now, limit: room)
        }
        return Array(due.sorted { ($0.dueAt, $0.sequence) < ($1.dueAt, $1.sequence) }.prefix(max(limit, 0)))
    }

    /// Goes from one flow that has messages waiting to the next in the index: flows without any cost nothing.
    private static let flowsWithDueMessages = """
        WITH RECURSIVE waiting (flow) AS (
            SELECT min(flow) FROM message INDEXED BY message_due WHERE state IN ('waiting', 'retry')
            UNION ALL
            SELECT (
                SELECT min(flow) FROM message INDEXED BY message_due
                WHERE state IN ('waiting', 'retry') AND flow > waiting.flow)
            FROM waiting WHERE waiting.flow IS NOT NULL)
        SELECT id, ordered, (
            SELECT count(*) FROM message
            WHERE flow = flow.id AND state = 'processing' AND state NOT IN ('completed', 'discarded')) AS under_way
        FROM waiting CROSS JOIN flow ON flow.id = waiting.flow WHERE status = 'deployed' AND EXISTS (
            SELECT 1 FROM message WHERE flow = flow.id AND state IN ('waiting', 'retry') AND due_at <= ?)
        """

    private func due(of flow: String, at now: Date, limit: Int) throws -> [Due] {
        try rows(
            """
            SELECT sequence, due_at FROM message
            WHERE flow = ? AND state IN ('waiting', 'retry') AND due_at <= ? ORDER BY due_at, sequence LIMIT ?
            """,
            [flow, Moment(now), limit]
        )
        .map { Due(sequence: $0["sequence"], dueAt: $0["due_at"]) }
    }

    /// The first message of an ordered flow, when it is due.
    private func firstDue(of flow: String, at now: Date) throws -> [Due] {
        guard let first = try firstOpenSequence(of: flow) else { return [] }
        return try rows(
            "SELECT sequence, due_at FROM message WHERE sequence = ? AND state IN ('waiting', 'retry') AND due_at <= ?",
            [first, Moment(now)]
        )
        .map { Due(sequence: $0["sequence"], dueAt: $0["due_at"]) }
    }

    /// One look at the index for each state: a flow may have many messages in each.
    private func firstOpenSequence(of flow: String) throws -> Int? {
        try ["waiting", "processing", "retry", "held", "failed"]
            .compactMap { state in
                try row(
                    """
                    SELECT sequence FROM message WHERE flow = ? AND state = ? AND state NOT IN ('completed', 'discarded')
                    ORDER BY sequence LIMIT 1
                    """,
                    [flow, state]
                )
                .map { $0["sequence"] as Int }
            }
            .min()
    }
}
