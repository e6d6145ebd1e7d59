import Foundation
import ManagementAPI

/// The text output of `rekey log`.
enum LogWording {
    /// One line for each exchange, and where the next page begins.
    static func page(_ page: ExchangePage) -> String {
        let table = TextTable(
            ["began", "flow", "direction", "status", "ms", "fault", "keys", "message", "exchange", "trace"],
            page.exchanges.map { exchange in
                [
                    Wording.moment(exchange.startedAt), exchange.flow, exchange.direction, exchange.status,
                    String(format: "%.1f", exchange.seconds * 1000), exchange.fault ?? "",
                    exchange.keys.map(key).joined(separator: " "), exchange.messageID.map(LogText.word) ?? "",
                    exchange.id, exchange.traceID,
                ]
            }
        )
        .text
        return page.next.map { table + "\nmore: --before \($0)" } ?? table
    }

    private static func key(_ key: ExchangeResource.Key) -> String {
        let mark = key.outcome == "succeeded" ? "" : "(\(key.outcome))"
        return "\(key.purpose):\(key.alias)/\(key.version)\(mark)"
    }
}
