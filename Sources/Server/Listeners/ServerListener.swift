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
    private let name: TenantHealth.Listener
    private let health: TenantHealth
    private let watch: StoreWatch?

    init<Responder: HTTPResponder>(
        _ responder: Responder,
        as name: TenantHealth.Listener,
        of tenant: Tenant,
        watch: StoreWatch? = nil,
        host: String,
        port: Int,
        tls: ListenerTLS?,
        logger: Logger,
        handlers: (@Sendable () -> [any RemovableChannelHandler])? = nil,
        onListening: @escaping @Sendable (Int) async -> Void
    ) where Responder.Context: InitializableFromSource<ApplicationRequestContextSource> {
        (self.name, self.watch) = (name, watch)
        health = tenant.health
        var quiet = logger
        quiet.logLevel = max(.notice, logger.logLevel)
        application = Application(
            responder: responder,
            server: Self.server(tls, handlers: handlers),
            configuration: ApplicationConfiguration(
                address: .hostname(host, port: port),
                availableConnectionsDelegate: .maximum(Self.connectionLimit, logger: quiet)
            ),
            onServerRunning: { [health = tenant.health] channel in
                health.report(name, isUp: true)
                await onListening(channel.localAddress?.port ?? port)
            },
            logger: quiet
        )
    }

    /// Connections that have `handlers` of their own carry messages, and are served on their event loops.
    private static func server(
        _ tls: ListenerTLS?,
        handlers: (@Sendable () -> [any RemovableChannelHandler])?
    ) -> HTTPServerBuilder {
        let configuration = HTTP1Channel.Configuration(
            additionalChannelHandlers: handlers?() ?? [],
            idleTimeout: idleTimeout
        )
        let http = { @Sendable responder in HTTP1Channel(responder: responder, configuration: configuration) }
        return switch (tls, handlers) {
        case (nil, nil): HTTPServerBuilder { http($0) }
        case (nil, _?): HTTPServerBuilder { LoopChildChannel(base: http($0)) }
        case (let tls?, nil): HTTPServerBuilder { TLSChildChannel(base: http($0), tls: tls) }
        case (let tls?, _?): HTTPServerBuilder { TLSChildChannel(base: LoopChildChannel(base: http($0)), tls: tls) }
        }
    }

    package func run() async throws {
        defer { health.report(name, isUp: false) }
        try await withGracefulShutdownHandler {
            try await withThrowingTaskGroup(of: Void.self) { group in
                if let watch { group.addTask { await watch.run() } }
                defer { group.cancelAll() }
                try await application.run()
            }
        } onGracefulShutdown: {
            // The listener of messages is the first to end.
            health.beginDraining()
        }
    }
}
