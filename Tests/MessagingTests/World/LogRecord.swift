import Logging
import Synchronization

/// What a tenant logged.
final class LogRecord: Sendable {
    private let kept = Mutex<[Logger.Metadata]>([])

    /// The causes of refusals, in order.
    var causes: [String] { kept.withLock { $0.compactMap { $0["fault.cause"].map { "\($0)" } } } }

    /// Why messages were not delivered, in order.
    var reasons: [String] { kept.withLock { $0.compactMap { $0["reason"].map { "\($0)" } } } }

    /// Everything that was told of, in order.
    var values: [String] { kept.withLock { $0.flatMap { $0.values.map { "\($0)" } } } }

    /// A logger whose events are kept here.
    var logger: Logger { Logger(label: "test") { _ in Handler(record: self) } }

    private struct Handler: LogHandler {
        let record: LogRecord
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.warning

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            record.kept.withLock { $0.append(event.metadata ?? [:]) }
        }
    }
}
