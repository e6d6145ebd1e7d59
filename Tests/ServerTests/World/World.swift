import AsyncHTTPClient
import Foundation
import Keystore
import Logging
import ManagementAPI
import Messaging
import NIOCore
import NIOHTTP1
import Renewal
import Server
import ServiceLifecycle
import StoreSQLite
import TestSupport

/// A tenant with both listeners on loopback, a SQLite store of its own, a clock that stands still, and a receiver.
struct World: Sendable {
    /// Large enough for every vector, small enough to be passed in a test.
    static let messageOctetLimit = 1 << 20
    private static let loopback = ReceiverRules(networks: ["127.0.0.0/8"].compactMap(IPNetwork.init))

    let tenant: Tenant
    let clock: SimulatedClock
    let receiver: EchoReceiver
    let http: HTTPClient
    /// The SQLite file.
    let storePath: String
    private let transport: Transport
    private let managementPort: Int
    private let messagePort: Int

    /// Runs `body` in a world that is there for it alone; `storing` fills its store before the start.
    ///
    /// With a `documentReader` nothing is read beside the traffic, until the test does it.
    static func run(
        now: Date = Date(),
        documentReader: String? = nil,
        metrics: MetricsAccess = .open,
        transport: Transport = Transport(),
        storing: @Sendable (any KeystoreStore, MasterKey) async throws -> Void = { _, _ in },
        _ body: @Sendable (World) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-server-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let http = HTTPClient(configuration: .forReceivers(loopback))
        do {
            try await run(
                in: folder,
                clock: SimulatedClock(now: now),
                http: http,
                metrics: metrics,
                documentReader: documentReader,
                transport,
                storing,
                body
            )
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    /// The management API in a person's name.
    func api(_ person: Person) -> ManagementClient {
        ManagementClient(server: management, token: person.token, http: http)
    }

    /// The base of the management API.
    var management: String { "\(transport.management == nil ? "http" : "https")://127.0.0.1:\(managementPort)" }

    /// The base of the message endpoints.
    var messages: String { "\(transport.messages == nil ? "http" : "https")://127.0.0.1:\(messagePort)" }

    /// Sends a request as it is.
    func send(_ request: HTTPClientRequest) async throws -> (status: Int, body: String, headers: [String: String]) {
        let response = try await http.execute(request, timeout: .seconds(60))
        let body = try await response.body.collect(upTo: 1 << 24)
        let headers = Dictionary(response.headers.map { ($0.name.lowercased(), $0.value) }, uniquingKeysWith: { $1 })
        return (Int(response.status.code), String(buffer: body), headers)
    }
}

extension World {
    private static func run(
        in folder: URL,
        clock: SimulatedClock,
        http: HTTPClient,
        metrics: MetricsAccess,
        documentReader: String?,
        _ transport: Transport,
        _ storing: @Sendable (any KeystoreStore, MasterKey) async throws -> Void,
        _ body: @Sendable (World) async throws -> Void
    ) async throws {
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let receiver = EchoReceiver()
        let tenant = try await tenant(
            in: folder,
            clock: clock,
            http: http,
            documentReader: documentReader,
            transport,
            storing,
            logger: logger
        )
        let (ports, report) = AsyncStream<[String: Int]>.makeStream()
        let services: [any Service] = [
            receiver.service(logger) { report.yield(["receiver": $0]) },
            ServerListener.management(
                of: tenant,
                authentication: Authentication(accounts: Person.everybody.map(\.account), clock: clock),
                metrics: metrics,
                host: "127.0.0.1",
                port: 0,
                tls: transport.management,
                logger: logger
            ) { report.yield(["management": $0]) },
            ServerListener.messages(
                of: tenant,
                host: "127.0.0.1",
                port: 0,
                octetLimit: messageOctetLimit,
                timeBound: transport.arrivalBound,
                tls: transport.messages,
                logger: logger
            ) { report.yield(["messages": $0]) },
        ]
        let group = ServiceGroup(services: services, logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await group.run() }
            var known: [String: Int] = [:]
            for await port in ports {
                known.merge(port) { $1 }
                if known.count == services.count { break }
            }
            receiver.port = known["receiver"] ?? 0
            let world = World(
                tenant: tenant,
                clock: clock,
                receiver: receiver,
                http: http,
                storePath: folder.appending(path: "tenant.sqlite").path,
                transport: transport,
                managementPort: known["management"] ?? 0,
                messagePort: known["messages"] ?? 0
            )
            try await body(world)
            try await http.shutdown()
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    private static func tenant(
        in folder: URL,
        clock: SimulatedClock,
        http: HTTPClient,
        documentReader: String?,
        _ transport: Transport,
        _ storing: @Sendable (any KeystoreStore, MasterKey) async throws -> Void,
        logger: Logger
    ) async throws -> Tenant {
        let store = try SQLiteStore(path: folder.appending(path: "tenant.sqlite").path)
        let masterKey = try MasterKey.generate()
        try await storing(store, masterKey)
        let keyring =
            if documentReader == nil {
                try await Keyring(store: store, masterKey: masterKey, clock: clock)
            } else {
                try await Keyring(onDemand: store, masterKey: masterKey, clock: clock)
            }
        var configuration = RuntimeConfiguration()
        configuration.documentReader = documentReader
        configuration.messageOctetLimit = messageOctetLimit
        configuration.receivers = loopback
        transport.apply(to: &configuration)
        let runtime = try await TenantRuntime(
            store: store,
            keyring: keyring,
            clock: clock,
            masterKey: masterKey,
            httpClient: http,
            logger: logger,
            configuration: configuration
        )
        return try await Tenant(
            organisation: "tenant",
            clock: clock,
            keystore: store,
            messaging: store,
            renewalStore: store,
            masterKey: masterKey,
            keyring: keyring,
            runtime: runtime,
            renewals: RenewalEngine(
                store: store,
                runtime: RuntimeHands(runtime: runtime),
                masterKey: masterKey,
                clock: clock,
                tenant: "tenant"
            ),
            partners: PartnerRegistry(
                configured: [
                    .init(id: PartnerID("sender"), keys: .dual, role: .sender),
                    .init(id: PartnerID("receiver"), keys: .dual, role: .receiver),
                ],
                store: store
            )
        )
    }
}
