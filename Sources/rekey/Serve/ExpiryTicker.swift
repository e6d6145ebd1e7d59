import FoundationEssentials
import Keystore
import Logging
import Server
import ServiceLifecycle

/// Watches the ends of certificates: at the start and every hour.
struct ExpiryTicker: Service {
    private static let pause = Duration.seconds(3600)

    let watching: ExpiryWatching
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    for alert in try await watching.watch() { say(alert) }
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("ends of certificates could not be watched", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }

    private func say(_ alert: ExpiryWatching.Alert) {
        var facts: Logger.Metadata = [
            "key.version": "\(alert.notice.version)",
            "certificate.notAfter": "\(alert.notice.notAfter.formatted(.iso8601))",
            "certificate.days": "\(alert.notice.days)",
        ]
        facts["renewal.id"] = alert.renewal.map { "\($0)" }
        facts["renewal.obstacle"] = alert.obstacle.map { "\($0)" }
        let level: Logger.Level = alert.notice.days > 7 ? .warning : .error
        let message: Logger.Message = alert.notice.days > 0 ? "a certificate ends soon" : "a certificate has ended"
        logger.log(level: level, message, metadata: facts)
    }
}
