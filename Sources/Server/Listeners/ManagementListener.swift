package import Logging
import ServiceLifecycle

extension ServerListener {
    /// The listener of the management API.
    ///
    /// The store is watched as long as it runs; `metrics` says who may read `/metrics`. `onListening` is called with the port when connections are accepted.
    package static func management(
        of tenant: Tenant,
        authentication: Authentication,
        metrics: MetricsAccess = .open,
        host: String,
        port: Int,
        tls: TLSTerms? = nil,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ServerListener {
        ServerListener(
            ManagementRoutes(tenant: tenant, authentication: authentication, metrics: metrics).responder(),
            as: .management,
            of: tenant,
            watch: StoreWatch(tenant: tenant, logger: logger),
            host: host,
            port: port,
            tls: tls.map { ListenerTLS($0, of: tenant, logger: logger) },
            logger: logger,
            onListening: onListening
        )
    }
}
