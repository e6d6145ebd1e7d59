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
            while !Task.isCancelled {
                do {
                    try await renewals.tick()
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
