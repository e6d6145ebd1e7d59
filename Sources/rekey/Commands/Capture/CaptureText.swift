import Foundation
import ManagementAPI

/// The text output of the capture commands.
enum CaptureText {
    /// One line for each message.
    static func list(_ messages: [CaptureResource]) -> String {
        TextTable(
            ["capture", "at", "flow", "stage", "status", "octets", "exchange"],
            messages.map { message in
                [
                    String(message.id), Wording.moment(message.at), message.flow, Wording.spoken(message.stage),
                    message.status.map(String.init) ?? "", String(message.octets), message.exchange,
                ]
            }
        )
        .text
    }

    /// What a message was, and its content made harmless for a terminal.
    static func show(_ message: CaptureResource) -> String {
        let status = message.status.map { ", HTTP status \($0)" } ?? ""
        let kept = message.content?.count ?? 0
        let cut = kept < message.octets ? "; the first \(kept) are kept" : ""
        return """
            \(message.flow): \(Wording.spoken(message.stage)) at \(Wording.moment(message.at))\(status)
            exchange \(message.exchange), \(message.octets) octets of \
            \(LogText.word(message.contentType ?? ""))\(cut)

            \(LogText.escaped(String(decoding: message.content ?? Data(), as: UTF8.self)))
            """
    }

    /// An order, whether it is under way or has ended.
    static func order(_ order: CaptureOrderResource) -> String {
        let count = "\(order.exchanges) of \(order.exchangeLimit) exchanges"
        guard let ending = order.ending else {
            return "\(order.flow) is captured until \(Wording.moment(order.until)) (\(count)), by \(order.actor)"
        }
        return "\(order.flow) was captured until \(Wording.moment(order.endedAt)) (\(count)): \(reason(ending))"
    }

    private static func reason(_ ending: String) -> String {
        switch ending {
        case "time": "its time was over"
        case "exchanges": "it had all the exchanges it might have"
        case "space": "there was no room for more"
        case "failure": "messages could not be stored; the log says why"
        default: "it was stopped"
        }
    }
}
