import Logging
import Renewal
import ServiceLifecycle

/// Lets time pass for renewals: opens steps, evaluates guards, writes notifications.
struct RenewalTicker: Service {
    private static let pause = Duration.milliseconds(500)

    let renewals: RenewalEngine
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            // What happened to the runtime meanwhile is told by nobody.
            var isFirst = true
            while !Task.isCancelled {
                do {
                    let all = isFirst
                    isFirst = false
                    try await renewals.tick(all: all)
                } catch is CancellationError {
                    return
                } catch {
                    logger.error("renewals could not go on", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: Self.pause)
            }
        }
    }
}
