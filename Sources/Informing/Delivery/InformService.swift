package import Logging
import Renewal
import ServiceLifecycle

/// Delivers notifications as long as the tenant runs.
package struct InformService: Service {
    private static let pause = Duration.milliseconds(500)

    private let dispatch: InformDispatch
    private let logger: Logger

    package init(dispatch: InformDispatch, logger: Logger) {
        self.dispatch = dispatch
        self.logger = logger
    }

    /// Attempts under way at the end are waited for; what is left is in the store.
    package func run() async throws {
        try await dispatch.recover()
        while !Task.isShuttingDownGracefully, !Task.isCancelled {
            do {
                let ended = try await dispatch.deliver()
                for delivery in ended { log(delivery) }
                guard ended.isEmpty else { continue }
            } catch is CancellationError {
                return
            } catch {
                logger.error("informs could not be delivered", metadata: ["error": "\(error)"])
            }
            await cancelWhenGracefulShutdown { try? await Task.sleep(for: Self.pause) }
        }
    }

    private func log(_ delivery: InformDelivery) {
        let metadata: Logger.Metadata = [
            "inform.id": "\(delivery.notification)", "inform.channel": "\(delivery.channel.rawValue)",
            "inform.attempt": "\(delivery.attempts)", "inform.result": "\(delivery.result ?? "")",
        ]
        switch delivery.state {
        case .delivered: logger.info("an inform is delivered", metadata: metadata)
        case .undeliverable: logger.error("an inform is undeliverable", metadata: metadata)
        case .waiting, .sending: logger.warning("an inform is tried again later", metadata: metadata)
        }
    }
}
