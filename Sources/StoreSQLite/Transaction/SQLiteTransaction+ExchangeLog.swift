import Foundation
import GRDB
import Keystore
import Messaging

extension SQLiteTransaction {
    func log(_ records: [ExchangeRecord]) throws {
        var combinations: [[ExchangeRecord.Key]: Int] = [:]
        for record in records {
            let keys = try record.keys.isEmpty ? nil : combination(record.keys, known: &combinations)
            try run(
                """
                INSERT INTO exchange
                    (id, message_id, flow, direction, status, started_at, duration, keys, fault, reason, trace)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
                [
                    record.id, record.messageID, record.flow.rawValue, record.direction.rawValue,
                    record.status.rawValue, Moment(record.startedAt), record.duration.microseconds, keys,
                    record.fault, record.reason, record.traceID,
                ]
            )
        }
    }

    func exchanges(matching query: ExchangeQuery) throws -> [LoggedExchange] {
        var (clauses, arguments) = (["true"], StatementArguments())
        let demand = { (clause: String, values: [(any DatabaseValueConvertible)?]) in
            clauses.append(clause)
            arguments += StatementArguments(values)
        }
        if let flow = query.flow { demand("flow = ?", [flow.rawValue]) }
        if let status = query.status { demand("status = '\(status.rawValue)'", []) }
        if let id = query.id { demand("(exchange.id = ? OR message_id = ? OR trace = ?)", [id, id, id]) }
        if let since = query.since { demand("started_at >= ?", [Moment(since)]) }
        if let until = query.until { demand("started_at < ?", [Moment(until)]) }
        if let before = query.before { demand("sequence < ?", [before]) }
        if let alias = query.alias {
            demand(
                "exchange.keys IN (SELECT keys FROM exchange_key WHERE alias = ? AND version = ifnull(?, version))",
                [alias.rawValue, query.version]
            )
        }
        return try rows(
            """
            SELECT exchange.*, exchange_keys.keys AS key_texts
            FROM exchange LEFT JOIN exchange_keys ON exchange_keys.id = exchange.keys
            WHERE \(clauses.joined(separator: " AND ")) ORDER BY sequence DESC LIMIT ?
            """,
            arguments + [max(query.limit, 0)]
        )
        .map(loggedExchange)
    }

    func pruneLog(startedBefore moment: Date, rowLimit: Int, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM exchange WHERE sequence IN (
                SELECT sequence FROM exchange WHERE started_at < ?1
                UNION
                SELECT sequence FROM exchange WHERE sequence <= (SELECT max(sequence) FROM exchange) - ?2
                LIMIT ?3)
            """,
            [Moment(moment), rowLimit, max(limit, 0)]
        )
    }

    /// The name of a combination of key uses, which is made when it is new.
    private func combination(
        _ keys: [ExchangeRecord.Key],
        known: inout [[ExchangeRecord.Key]: Int]
    ) throws -> Int {
        if let known = known[keys] { return known }
        let text = keys.map(\.text).joined(separator: "\n")
        if try run("INSERT INTO exchange_keys (keys) VALUES (?) ON CONFLICT DO NOTHING", [text]) == 1 {
            let name = Int(database.lastInsertedRowID)
            for version in Set(keys.map(\.version)) {
                try run(
                    "INSERT INTO exchange_key (alias, version, keys) VALUES (?, ?, ?)",
                    [try presentAlias(of: version.alias).rawValue, version.number, name]
                )
            }
            known[keys] = name
            return name
        }
        let name = try number("SELECT id FROM exchange_keys WHERE keys = ?", [text])
        known[keys] = name
        return name
    }

    private func loggedExchange(_ row: Row) throws -> LoggedExchange {
        let keyTexts: String? = row["key_texts"]
        let record = ExchangeRecord(
            id: row["id"],
            messageID: row["message_id"],
            flow: try read(row["flow"], in: "exchange") { FlowID(rawValue: $0) },
            direction: try read(row["direction"], in: "exchange") { ExchangeRecord.Direction(rawValue: $0) },
            status: try read(row["status"], in: "exchange") { ExchangeRecord.Status(rawValue: $0) },
            startedAt: row.moment("started_at"),
            duration: .microseconds(row["duration"] as Int),
            keys: try (keyTexts ?? "").split(separator: "\n")
                .map { text in
                    try read(String(text), in: "exchange_keys", as: ExchangeRecord.Key.init(text:))
                },
            fault: row["fault"],
            reason: row["reason"],
            traceID: row["trace"]
        )
        return LoggedExchange(sequence: row["sequence"], record: record)
    }
}

extension ExchangeRecord.Key {
    /// Names have no space, so words are told apart by it.
    fileprivate var text: String {
        "\(version.alias) \(version.number) \(purpose.rawValue) \(side.rawValue) \(outcome.rawValue)"
    }

    fileprivate init?(text: String) {
        let words = text.split(separator: " ").map(String.init)
        guard words.count == 5, let alias = KeyAlias(rawValue: words[0]), let number = Int(words[1]),
            let purpose = KeyPurpose(rawValue: words[2]), let side = ChannelSide(rawValue: words[3]),
            let outcome = KeyUse.Outcome(rawValue: words[4])
        else { return nil }
        self.init(
            version: KeyVersionID(alias: alias, number: number),
            purpose: purpose,
            side: side,
            outcome: outcome
        )
    }
}

extension Duration {
    /// Whole microseconds.
    fileprivate var microseconds: Int {
        let (seconds, attoseconds) = components
        return Int(seconds) * 1_000_000 + Int(attoseconds / 1_000_000_000_000)
    }
}
