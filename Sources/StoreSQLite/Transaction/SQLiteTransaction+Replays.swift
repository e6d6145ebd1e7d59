import Foundation
import GRDB
import Messaging

extension SQLiteTransaction {
    func insert(_ entry: ReplayEntry) throws {
        for mark in entry.marks {
            try run(
                "INSERT INTO replay_mark (mark, flow, message, expires_at) VALUES (?, ?, ?, ?)",
                [Data(mark), entry.flow.rawValue, entry.message, Moment(entry.expiresAt)]
            )
        }
    }

    func replayEntry(of marks: [[UInt8]]) throws -> ReplayEntry? {
        for mark in marks {
            guard let row = try row("SELECT * FROM replay_mark WHERE mark = ?", [Data(mark)]) else { continue }
            return ReplayEntry(
                marks: [mark],
                flow: try read(row["flow"], in: "replay_mark") { FlowID(rawValue: $0) },
                message: row["message"],
                expiresAt: row.moment("expires_at")
            )
        }
        return nil
    }

    func replayMarkCount(of flow: FlowID) throws -> Int {
        try number("SELECT count FROM replay_mark_count WHERE flow = ?", [flow.rawValue])
    }

    func removeReplayMarks(_ marks: [[UInt8]]) throws {
        for mark in marks { try run("DELETE FROM replay_mark WHERE mark = ?", [Data(mark)]) }
    }

    func forgetReplayMarks(expiredBefore moment: Date, limit: Int) throws -> Int {
        try run(
            "DELETE FROM replay_mark WHERE mark IN (SELECT mark FROM replay_mark WHERE expires_at < ? LIMIT ?)",
            [Moment(moment), max(limit, 0)]
        )
    }
}
