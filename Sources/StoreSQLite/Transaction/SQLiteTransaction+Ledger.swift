import Foundation
import GRDB
import Keystore
import Messaging

extension SQLiteTransaction {
    func add(_ counters: [KeyUseCounter]) throws {
        for counter in counters {
            let account = counter.account
            try run(
                """
                INSERT INTO key_use (alias, version, purpose, flow, partner, side, outcome, count, first_at, last_at)
                VALUES (ifnull((SELECT alias FROM key_former_name WHERE name = ?1), ?1), ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count,
                    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
                """,
                [
                    account.version.alias.rawValue, account.version.number, account.purpose.rawValue,
                    account.flow.rawValue, account.partner.rawValue, account.side.rawValue, account.outcome.rawValue,
                ] + arguments(counter.tally)
            )
        }
    }

    func keyUseCounters(of alias: KeyAlias?) throws -> [KeyUseCounter] {
        // A condition that is true of all without an alias would keep the primary key from being used with one.
        let clause = alias == nil ? "" : "WHERE alias = ?"
        return try rows(
            "SELECT * FROM key_use \(clause) ORDER BY alias, version, purpose, flow, partner, side, outcome",
            alias.map { [$0.rawValue] } ?? []
        )
        .map { KeyUseCounter(account: try account($0), tally: tally($0)) }
    }

    func keyUseCounters(limit: Int) throws -> [KeyUseCounter] {
        try rows(
            """
            SELECT * FROM key_use
            WHERE NOT EXISTS (
                SELECT 1 FROM key_version
                WHERE alias = key_use.alias AND number = key_use.version AND state = 'destroyed')
            ORDER BY alias, version, purpose, flow, partner, side, outcome LIMIT ?
            """,
            [max(limit, 0)]
        )
        .map { KeyUseCounter(account: try account($0), tally: tally($0)) }
    }

    func add(_ events: [FlowAccount: Tally]) throws {
        for (account, tally) in events {
            try run(
                """
                INSERT INTO flow_event (flow, event, count, first_at, last_at) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT DO UPDATE SET count = count + excluded.count,
                    first_at = min(first_at, excluded.first_at), last_at = max(last_at, excluded.last_at)
                """,
                [account.flow.rawValue, account.event.rawValue] + arguments(tally)
            )
        }
    }

    func flowEvents() throws -> [FlowAccount: Tally] {
        try events(rows("SELECT * FROM flow_event"))
    }

    func flowEvents(of flow: FlowID) throws -> [FlowAccount: Tally] {
        try events(rows("SELECT * FROM flow_event WHERE flow = ?", [flow.rawValue]))
    }

    private func events(_ rows: [Row]) throws -> [FlowAccount: Tally] {
        var events: [FlowAccount: Tally] = [:]
        for row in rows {
            let flow = try read(row["flow"], in: "flow_event") { FlowID(rawValue: $0) }
            let event = try read(row["event"], in: "flow_event") { FlowEvent(rawValue: $0) }
            events[FlowAccount(flow: flow, event: event)] = tally(row)
        }
        return events
    }

    private func arguments(_ tally: Tally) -> StatementArguments {
        [tally.count, Moment(tally.firstAt), Moment(tally.lastAt)]
    }

    private func tally(_ row: Row) -> Tally {
        Tally(count: row["count"], firstAt: row.moment("first_at"), lastAt: row.moment("last_at"))
    }

    private func account(_ row: Row) throws -> KeyUse.Account {
        let table = "key_use"
        return KeyUse.Account(
            version: KeyVersionID(
                alias: try read(row["alias"], in: table) { KeyAlias(rawValue: $0) },
                number: row["version"]
            ),
            purpose: try read(row["purpose"], in: table) { KeyPurpose(rawValue: $0) },
            flow: try read(row["flow"], in: table) { FlowID(rawValue: $0) },
            partner: try read(row["partner"], in: table) { PartnerID(rawValue: $0) },
            side: try read(row["side"], in: table) { ChannelSide(rawValue: $0) },
            outcome: try read(row["outcome"], in: table) { KeyUse.Outcome(rawValue: $0) }
        )
    }
}
