import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import ServiceLifecycle

/// A listener of the tenant: accepts connections until it is told to end, then lets running requests finish.
package struct ServerListener: Service {
    private static let connectionLimit = 1024
    private static let idleTimeout = TimeAmount.seconds(60)

    private let application: any Service

    init<Responder: HTTPResponder>(
        _ responder: Responder,
        host: String,
        port: Int,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void
    ) where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        var quiet = logger
        quiet.logLevel = max(.notice, logger.logLevel)
        application = Application(
            responder: responder,
            server: .http1(configuration: .init(idleTimeout: Self.idleTimeout)),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: .maximum(Self.connectionLimit, logger: quiet)
            ),
            onServerRunning: { channel in await onListening(channel.localAddress?.port ?? port) },
            logger: quiet
        )
    }

    package func run() async throws {
        try await application.run()
    }
}
