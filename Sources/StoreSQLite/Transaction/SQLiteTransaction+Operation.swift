import Foundation
import GRDB
import Messaging

extension SQLiteTransaction {
    func writeHeartbeat(at now: Date) throws {
        // The count makes a page change whatever the clock does: SQLite writes no page that is as it was.
        try run(
            """
            INSERT INTO heartbeat (only, beat, at) VALUES (1, 1, ?1)
            ON CONFLICT (only) DO UPDATE SET beat = beat + 1, at = ?1
            """,
            [Moment(now)]
        )
    }

    func storedFigures(of flow: FlowID, in state: StoredMessage.State) throws -> RuntimeFigures.Stored {
        // Two questions, because the index on (flow, state) answers each without touching more than it must.
        let arguments: StatementArguments = [flow.rawValue, state.rawValue]
        let selection = "FROM message WHERE flow = ? AND state = ? AND state NOT IN ('completed', 'discarded')"
        let count = try number("SELECT count(*) \(selection)", arguments)
        let oldest = try row("SELECT accepted_at \(selection) ORDER BY sequence LIMIT 1", arguments)
        return RuntimeFigures.Stored(count: count, oldestAt: oldest?.moment("accepted_at"))
    }
}
