import Foundation
import Logging
import Synchronization

/// Writes log records to standard error, each as one line and whole.
struct StandardErrorLog: LogHandler {
    private static let turn = Mutex(())

    let label: String
    let format: LogFormat
    var logLevel: Logger.Level
    var metadata: Logger.Metadata = [:]

    init(label: String, settings: LogSettings) {
        self.label = label
        (format, logLevel) = (settings.format, settings.level)
    }

    subscript(metadataKey key: String) -> Logger.MetadataValue? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var facts = metadata.merging(event.metadata ?? [:]) { _, own in own }
        if let error = event.error { facts["error"] = "\(error)" }
        let line = LogLine(
            at: Date(),
            level: event.level,
            logger: label,
            message: event.message.description,
            metadata: facts
        )
        Self.write(Array(line.text(format).utf8))
    }

    private static func write(_ octets: [UInt8]) {
        turn.withLock { _ in
            var rest = octets[...]
            while !rest.isEmpty {
                let count = rest.withUnsafeBytes { Foundation.write(STDERR_FILENO, $0.baseAddress, $0.count) }
                if count < 0, errno == EINTR { continue }
                // A log that nobody can take any more must not stop the messages.
                guard count > 0 else { return }
                rest = rest.dropFirst(count)
            }
        }
    }
}
