package import Logging
import ServiceLifecycle

extension ServerListener {
    /// The listener for SOAP messages.
    ///
    /// A message of more than `octetLimit` octets (the runtime's own limit) is refused, and one that takes longer than
    /// `timeBound` to arrive. `onListening` is called with the port when connections are accepted.
    package static func messages(
        of tenant: Tenant,
        host: String,
        port: Int,
        octetLimit: Int,
        timeBound: Duration = .seconds(60),
        tls: TLSTerms? = nil,
        logger: Logger,
        onListening: @escaping @Sendable (Int) async -> Void = { _ in }
    ) -> ServerListener {
        ServerListener(
            MessageEndpoint(
                runtime: tenant.runtime,
                health: tenant.health,
                isTLS: tls != nil
            ),
            as: .messages,
            of: tenant,
            host: host,
            port: port,
            tls: tls.map { ListenerTLS($0, of: tenant, logger: logger) },
            logger: logger,
            handlers: { [ContinueHandler(octetLimit: octetLimit), ArrivalBound(timeBound), ClosingHandler()] },
            onListening: onListening
        )
    }
}
