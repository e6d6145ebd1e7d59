/// How log records are written; one record is one line in either.
enum LogFormat: String, CaseIterable, Sendable {
    /// A JSON object (RFC 8259).
    case json
    /// For people: time, level, `key=value`, message.
    case text
}
