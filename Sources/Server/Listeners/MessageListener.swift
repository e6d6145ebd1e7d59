package import Logging
import ServiceLifecycle

extension ServerListener {
    /// The listener for SOAP messages.
    ///
    /// - Parameters:
    ///   - octetLimit: The most octets of a message; the runtime's own limit.
    ///   - timeBound: How long a message may take to arrive.
    ///   - onListening: Called with the port when connections are accepted.
    package static func messages(
        of tenant: Tenant,
        host: String,
        port: Int,
        octetLimit: Int,
        timeBound: Duration = .seconds(60),
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ServerListener {
        ServerListener(
            MessageEndpoint(runtime: tenant.runtime, octetLimit: octetLimit, timeBound: timeBound),
            host: host,
            port: port,
            logger: logger,
            onListening: onListening
        )
    }
}
