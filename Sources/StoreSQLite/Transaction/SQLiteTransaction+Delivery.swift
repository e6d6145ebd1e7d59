import Foundation
import GRDB
import Messaging

extension SQLiteTransaction {
    func completeMessage(_ id: String, at now: Date) throws -> Bool {
        try run(
            """
            UPDATE message SET state = 'completed', sealed_envelope = NULL, holder = NULL, reason = NULL, ended_at = ?
            WHERE id = ? AND state = 'processing'
            """,
            [Moment(now), id]
        ) == 1
    }

    func retryMessage(_ id: String, dueAt: Date, reason: String) throws -> Bool {
        // A message whose flow was stopped meanwhile is held from the moment at which it would have been tried again.
        try run(
            """
            UPDATE message SET state = CASE flow.status WHEN 'deployed' THEN 'retry' ELSE 'held' END,
                held_at = CASE flow.status WHEN 'deployed' THEN NULL ELSE ?1 END,
                holder = NULL, due_at = ?1, reason = ?2
            FROM flow WHERE flow.id = message.flow AND message.id = ?3 AND message.state = 'processing'
            """,
            [Moment(dueAt), reason, id]
        ) == 1
    }

    func failMessage(_ id: String, at now: Date, reason: String) throws -> Bool {
        try run(
            """
            UPDATE message SET state = 'failed', holder = NULL, reason = ?, ended_at = ?
            WHERE id = ? AND state = 'processing'
            """,
            [reason, Moment(now), id]
        ) == 1
    }

    func redeliverMessage(_ id: String, at now: Date, until deadline: Date) throws -> Bool {
        try run(
            """
            UPDATE message SET state = CASE flow.status WHEN 'deployed' THEN 'retry' ELSE 'held' END,
                held_at = CASE flow.status WHEN 'deployed' THEN NULL ELSE ?1 END,
                due_at = ?1, deadline = ?2, ended_at = NULL
            FROM flow WHERE flow.id = message.flow AND message.id = ?3 AND message.state = 'failed'
            """,
            [Moment(now), Moment(deadline), id]
        ) == 1
    }

    func discardMessage(_ id: String, at now: Date, reason: String) throws -> Bool {
        try run(
            """
            UPDATE message SET state = 'discarded', sealed_envelope = NULL, held_at = NULL, reason = ?, ended_at = ?
            WHERE id = ? AND state IN ('waiting', 'retry', 'held', 'failed')
            """,
            [reason, Moment(now), id]
        ) == 1
    }

    func forgetMessages(endedBefore moment: Date, limit: Int) throws -> Int {
        // Nothing looks back further at what flows stored in an hour.
        try run("DELETE FROM flow_intake WHERE hour < ?", [Int(moment.timeIntervalSince1970 / 3600)])
        return try run(
            """
            DELETE FROM message WHERE sequence IN (
                SELECT sequence FROM message WHERE state IN ('completed', 'discarded') AND ended_at < ? LIMIT ?)
            """,
            [Moment(moment), max(limit, 0)]
        )
    }

    func holdMessages(of flow: FlowID, at now: Date) throws {
        try run(
            "UPDATE message SET state = 'held', held_at = ? WHERE flow = ? AND state IN ('waiting', 'retry')",
            [Moment(now), flow.rawValue]
        )
    }

    func releaseHeldMessages(of flow: FlowID, at now: Date) throws {
        try run(
            """
            UPDATE message SET state = CASE attempts WHEN 0 THEN 'waiting' ELSE 'retry' END, due_at = ?1,
                deadline = deadline + max(?1 - held_at, 0), held_at = NULL
            WHERE flow = ?2 AND state = 'held'
            """,
            [Moment(now), flow.rawValue]
        )
    }

    func takeBackMessages(heldBy holder: String, at now: Date) throws {
        // Of the remembered messages most have ended: they are not looked at.
        try run(
            """
            UPDATE message INDEXED BY message_open SET state = CASE flow.status WHEN 'deployed' THEN 'retry' ELSE 'held' END,
                held_at = CASE flow.status WHEN 'deployed' THEN NULL ELSE ?1 END,
                holder = NULL, due_at = ?1, reason = 'the process ended during the delivery'
            FROM flow WHERE flow.id = message.flow AND message.holder = ?2 AND message.state = 'processing'
                AND message.state NOT IN ('completed', 'discarded')
            """,
            [Moment(now), holder]
        )
    }
    func hastenMessages(dueAfter moment: Date, to now: Date) throws -> Int {
        try run(
            "UPDATE message SET due_at = ? WHERE state IN ('waiting', 'retry') AND due_at > ?",
            [Moment(now), Moment(moment)]
        )
    }
}
