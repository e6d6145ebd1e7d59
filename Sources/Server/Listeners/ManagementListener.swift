package import Logging
import ServiceLifecycle

extension ServerListener {
    /// The listener of the management API.
    ///
    /// `onListening` is called with the port when connections are accepted.
    package static func management(
        of tenant: Tenant,
        authentication: Authentication,
        host: String,
        port: Int,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ServerListener {
        ServerListener(
            ManagementRoutes(tenant: tenant, authentication: authentication).responder(),
            host: host,
            port: port,
            logger: logger,
            onListening: onListening
        )
    }
}
