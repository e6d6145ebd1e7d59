package import AsyncHTTPClient
import Foundation
import Hummingbird
package import Logging
import NIOCore
package import ServiceLifecycle
package import Timekeeping

/// A partner system, wired: its keyring, its traffic, its listeners.
package struct PartnerProcess: Sendable {
    /// What is to run for as long as the process lives.
    package let services: [any Service]
    /// The system's control interface, without HTTP.
    let control: PartnerControl

    /// Wires a system: relative paths start from the folder `base`; `httpClient` is made with ``httpClientConfiguration``.
    ///
    /// - Throws: ``PartnerConfigurationError``, or what kept a key or a file from being read.
    package init(
        _ configuration: PartnerConfiguration,
        role: PartnerRole,
        base: String,
        clock: any WallClock,
        httpClient: HTTPClient,
        logger: Logger
    ) throws {
        let settings = try PartnerSettings(configuration, role: role, base: base)
        let file = KeyringFile(folder: settings.folder)
        let found =
            try file.read()
            ?? ConfiguredKeys(configuration: configuration, settings: settings, base: base)
            .make(now: clock.now)
        let keyring = try PartnerKeyring(file: file, keys: HeldKeys(mode: configuration.keys, all: found))
        let log = TrafficLog(clock: clock)
        let exchange = SecureExchange(keyring: keyring, protection: settings.protection, log: log)
        let attempt = OrderAttempt(httpClient: httpClient, exchange: exchange, timeout: settings.timeout)
        let sender = role == .sender ? OrderSender(settings, attempt: attempt, log: log, logger: logger) : nil
        control = PartnerControl(
            name: settings.name,
            role: role,
            keyring: keyring,
            recipe: settings.recipe,
            log: log,
            sender: sender,
            selfTest: SelfTest(httpClient: httpClient, exchange: exchange, timeout: settings.timeout)
        )
        let ports = ListeningPorts(needsSOAP: role == .receiver, file: settings.portsFile, logger: logger)
        let routes = PartnerControlRoutes(control: control, token: try BearerToken(file: settings.tokenFile))
        var services: [any Service] = [
            Self.listener(routes.router.buildResponder(), on: settings.control, logger: logger) {
                ports.note(control: $0)
            }
        ]
        if let address = settings.soap {
            let receiver = OrderReceiver(settings, exchange: exchange, log: log, logger: logger)
            let responder = OrderReceiverResponder(receiver: receiver)
            services.append(Self.listener(responder, on: address, logger: logger) { ports.note(soap: $0) })
        }
        if let sender {
            services.append(sender)
        }
        self.services = services
    }

    /// How a sender's HTTP client must be: a refused connection is reported at once, and connections are not the bottleneck.
    package static var httpClientConfiguration: HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration()
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = 128
        configuration.timeout.connect = .seconds(5)
        return configuration
    }

    private static func listener<Responder: HTTPResponder>(
        _ responder: Responder,
        on address: ListenAddress,
        logger: Logger,
        whenUp: @escaping @Sendable (Int?) -> Void
    ) -> any Service where Responder.Context == BasicRequestContext {
        var quiet = logger
        quiet.logLevel = .warning
        return Application(
            responder: responder,
            configuration: ApplicationConfiguration(address: .hostname(address.host, port: address.port)),
            onServerRunning: { channel in whenUp(channel.localAddress?.port) },
            logger: quiet
        )
    }
}
