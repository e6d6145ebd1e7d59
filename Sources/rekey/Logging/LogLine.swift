import Foundation
import Logging

/// One log record.
struct LogLine {
    let at: Date
    let level: Logger.Level
    let logger: String
    let message: String
    let metadata: Logger.Metadata

    /// The record in `format`, with its line end.
    func text(_ format: LogFormat) -> String {
        switch format {
        case .json: json
        case .text: words
        }
    }

    private static let ownKeys: Set = ["time", "level", "logger", "message"]

    private var time: String { at.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true)) }

    private var json: String {
        let own = [("time", time), ("level", level.rawValue), ("logger", logger), ("message", message)]
            .map { "\"\($0)\":\(LogText.quoted($1))" }
        let facts = metadata.sorted { $0.key < $1.key }
            .map { key, value in
                LogText.quoted(Self.ownKeys.contains(key) ? "metadata." + key : key) + ":" + Self.json(value)
            }
        return "{" + (own + facts).joined(separator: ",") + "}\n"
    }

    private static func json(_ value: Logger.MetadataValue) -> String {
        switch value {
        case .string(let text): LogText.quoted(text)
        case .stringConvertible(let value): LogText.quoted("\(value)")
        case .array(let values): "[" + values.map(json).joined(separator: ",") + "]"
        case .dictionary(let values):
            "{"
                + values.sorted { $0.key < $1.key }.map { LogText.quoted($0) + ":" + json($1) }
                .joined(separator: ",") + "}"
        }
    }

    private var words: String {
        let facts = metadata.sorted { $0.key < $1.key }
            .map { key, value in
                switch value {
                case .string(let text): " \(LogText.word(key))=\(LogText.word(text))"
                default: " \(LogText.word(key))=\(LogText.word("\(value)"))"
                }
            }
        // A message is a constant of the program; if it ever is not, it still stays on its line.
        let message =
            message.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
            ? message : LogText.quoted(message)
        return "\(time) \(level) \(LogText.word(logger)):\(facts.joined()) \(message)\n"
    }
}
