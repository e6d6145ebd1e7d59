import AsyncHTTPClient
import Foundation
import Informing
import Keystore
import Logging
import Messaging
import Renewal
import Server
import ServiceLifecycle
import StoreSQLite
import Timekeeping
import UnixSignals

/// The running tenant: one store, one keyring, the runtime, the renewals and the two listeners, wired together.
struct TenantProgram {
    let configuration: TenantConfiguration
    let environment: [String: String]
    let logger: Logger

    /// Runs until the process is told to end (SIGTERM, SIGINT), then lets messages under way finish.
    func run() async throws {
        let masterKey = try configuration.loadMasterKey(environment: environment)
        let accounts = try configuration.accounts(environment: environment)
        let metrics = try configuration.operation.metrics.access(environment: environment)
        let clock = configuration.clock
        let http = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: .forReceivers(configuration.receivers)
        )
        do {
            let tenant = try await tenant(masterKey: masterKey, clock: clock, http: http)
            let keeper = AuditKeeper(tenant: tenant, schedule: configuration.operation.audit, logger: logger)
            try await keeper.begin()
            try ListenerKeys(configuration: configuration, tenant: tenant, logger: logger).check()
            try await FirstFlows(folder: configuration.flows, tenant: tenant, logger: logger).deploy()
            do {
                let informs = try configuration.informDispatch(
                    store: tenant.renewalStore,
                    http: http,
                    environment: environment
                )
                try await services(of: tenant, keeper, informs, accounts: accounts, metrics: metrics).run()
            } catch let error
                where tenant.health.isDraining && (error is CancellationError || error is ServiceGroupError)
            {
                logger.warning("exchanges under way were cut off at the end", metadata: ["error": "\(error)"])
            }
        } catch {
            try? await http.shutdown()
            throw error
        }
        try await http.shutdown()
    }

    private func tenant(masterKey: MasterKey, clock: any WallClock, http: HTTPClient) async throws -> Tenant {
        try StoreLock.hold(store: configuration.store)
        let store = try store()
        let keyring = try await Keyring(onDemand: store, masterKey: masterKey, clock: clock)
        reachTokens(masterKey)
        let runtime = try await TenantRuntime(
            store: store,
            keyring: keyring,
            clock: clock,
            masterKey: masterKey,
            httpClient: http,
            logger: logger,
            configuration: configuration.runtime(masterKey: masterKey, environment: environment)
        )
        let renewals = RenewalEngine(
            store: store,
            runtime: RuntimeHands(runtime: runtime),
            masterKey: masterKey,
            clock: clock,
            settings: configuration.renewal,
            tenant: configuration.organisation,
            mode: configuration.unguarded ? .rehearsalUnguarded : .guarded
        )
        return try await Tenant(
            organisation: configuration.organisation,
            clock: clock,
            keystore: store,
            messaging: store,
            renewalStore: store,
            masterKey: masterKey,
            keyring: keyring,
            runtime: runtime,
            renewals: renewals,
            partners: PartnerRegistry(configured: configuration.partners, store: store)
        )
    }

    /// Logs in to every token; one that is away holds nothing up but the messages that need its keys.
    private func reachTokens(_ masterKey: MasterKey) {
        for configured in configuration.tokens {
            do {
                try masterKey.tokens.token(configured.name).reach()
                logger.info("a token is reached", metadata: ["token.name": "\(configured.name)"])
            } catch {
                logger.error(
                    "a token is not reached: messages that need its keys fail until it is",
                    metadata: ["token.name": "\(configured.name)", "error": "\(error)"]
                )
            }
        }
    }

    private func store() throws(Failure) -> SQLiteStore {
        do {
            return try SQLiteStore(path: configuration.store)
        } catch {
            throw Failure(
                "the store \(configuration.store) cannot be opened: \(error)",
                hint: "name the SQLite file of this tenant, or a new one in a folder where you may write",
                status: .configuration
            )
        }
    }

    private func services(
        of tenant: Tenant,
        _ keeper: AuditKeeper,
        _ informs: InformDispatch,
        accounts: [Account],
        metrics: MetricsAccess
    ) -> ServiceGroup {
        let logger = logger
        let (managing, taking) = (configuration.management, configuration.messages)
        if managing.tls == nil, !managing.address.isLoopback {
            logger.warning(
                "tokens reach the management API in the clear: set listen.management.tls",
                metadata: ["listen.host": "\(managing.address.host)"]
            )
        }
        let management = ServerListener.management(
            of: tenant,
            authentication: Authentication(accounts: accounts, clock: tenant.clock),
            metrics: metrics,
            host: managing.address.host,
            port: managing.address.port,
            tls: managing.tls,
            logger: logger
        ) { port in
            logger.info("the management API is served", metadata: ["listen.port": "\(port)"])
        }
        let messages = ServerListener.messages(
            of: tenant,
            host: taking.address.host,
            port: taking.address.port,
            octetLimit: configuration.limits.messageOctetCount,
            tls: taking.tls,
            logger: logger
        ) { port in
            logger.info("messages are accepted", metadata: ["listen.port": "\(port)"])
        }
        let ticker = RenewalTicker(renewals: tenant.renewals, logger: logger)
        let informing = InformService(dispatch: informs, logger: logger)
        let expiry = ExpiryTicker(watching: ExpiryWatching(tenant: tenant), logger: logger)
        let notice = ServiceNotice(health: tenant.health, environment: environment, logger: logger)
        // Ended in reverse order: first no message comes in any more, then the deliveries end, last the log is signed.
        var group = ServiceGroupConfiguration(
            services: [keeper, tenant.runtime, informing, ticker, expiry, management, messages, notice],
            gracefulShutdownSignals: [.sigterm, .sigint],
            logger: logger
        )
        group.maximumGracefulShutdownDuration = configuration.operation.shutdownBound
        return ServiceGroup(configuration: group)
    }
}
