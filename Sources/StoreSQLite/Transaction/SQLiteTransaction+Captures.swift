import Foundation
import GRDB
import Messaging

extension SQLiteTransaction {
    func save(_ order: CaptureOrder) throws {
        try run(
            """
            INSERT OR REPLACE INTO capture
                (flow, started_at, until, exchange_limit, exchange_count, actor, ended_at, ending)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                order.flow.rawValue, Moment(order.startedAt), Moment(order.until), order.exchangeLimit,
                order.exchangeCount, order.actor, order.endedAt.map(Moment.init), order.ending?.rawValue,
            ]
        )
    }

    func captureOrders() throws -> [CaptureOrder] {
        try rows("SELECT * FROM capture ORDER BY flow")
            .map { row in
                let ending: String? = row["ending"]
                return CaptureOrder(
                    flow: try read(row["flow"], in: "capture") { FlowID(rawValue: $0) },
                    startedAt: row.moment("started_at"),
                    until: row.moment("until"),
                    exchangeLimit: row["exchange_limit"],
                    actor: row["actor"],
                    exchangeCount: row["exchange_count"],
                    endedAt: row.optionalMoment("ended_at"),
                    ending: try ending.map { text in
                        try read(text, in: "capture") { CaptureOrder.Ending(rawValue: $0) }
                    }
                )
            }
    }

    func insert(_ message: CapturedMessage) throws {
        try run(
            """
            INSERT INTO captured_message (flow, exchange, stage, at, status, octet_count, sealed)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                message.flow.rawValue, message.exchange, message.stage.rawValue, Moment(message.at), message.status,
                message.octetCount, Data(message.sealed),
            ]
        )
    }

    func capturedMessages(of flow: FlowID?, limit: Int) throws -> [CapturedMessage] {
        try rows(
            """
            SELECT id, flow, exchange, stage, at, status, octet_count, NULL AS sealed FROM captured_message
            WHERE ?1 IS NULL OR flow = ?1 ORDER BY id DESC LIMIT ?2
            """,
            [flow?.rawValue, max(limit, 0)]
        )
        .map(capturedMessage)
    }

    func capturedMessage(_ id: Int) throws -> CapturedMessage? {
        try row("SELECT * FROM captured_message WHERE id = ?", [id]).map(capturedMessage)
    }

    func capturedMessages(after id: Int, limit: Int) throws -> [CapturedMessage] {
        try rows("SELECT * FROM captured_message WHERE id > ? ORDER BY id LIMIT ?", [id, max(limit, 0)])
            .map(capturedMessage)
    }

    func resealCapturedMessage(_ id: Int, _ sealed: [UInt8]) throws -> Bool {
        try run("UPDATE captured_message SET sealed = ? WHERE id = ?", [Data(sealed), id]) == 1
    }

    func capturedOctetCount() throws -> Int {
        try number("SELECT sum(length(sealed)) FROM captured_message")
    }

    func eraseCapturedMessages(of flow: FlowID) throws {
        try run("DELETE FROM captured_message WHERE flow = ?", [flow.rawValue])
    }

    func forgetCapturedMessages(before moment: Date, limit: Int) throws -> Int {
        try run(
            """
            DELETE FROM captured_message
            WHERE id IN (SELECT id FROM captured_message WHERE at < ? ORDER BY at LIMIT ?)
            """,
            [Moment(moment), max(limit, 0)]
        )
    }

    private func capturedMessage(_ row: Row) throws -> CapturedMessage {
        let sealed: Data? = row["sealed"]
        return CapturedMessage(
            id: row["id"],
            flow: try read(row["flow"], in: "captured_message") { FlowID(rawValue: $0) },
            exchange: row["exchange"],
            stage: try read(row["stage"], in: "captured_message") { CapturedMessage.Stage(rawValue: $0) },
            at: row.moment("at"),
            status: row["status"],
            octetCount: row["octet_count"],
            sealed: sealed.map { [UInt8]($0) } ?? []
        )
    }
}
