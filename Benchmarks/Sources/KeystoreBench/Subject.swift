import AsyncHTTPClient
import Foundation
import Keystore
import Logging
import ManagementAPI
import Messaging
import Renewal
import Server
import ServiceLifecycle
import StoreSQLite

/// A tenant of one size on a filled store, started as `rekey serve` starts it.
struct Subject: Sendable {
    static let organisation = "tenant"
    static let quiet = Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }

    let size: Size
    let clock: BenchClock
    let store: SQLiteStore
    let tenant: Tenant
    /// What the parts of the start took, in their order.
    let parts: [(name: String, time: Duration)]

    /// Starts on the store at `path`.
    init(_ size: Size, path: String, masterKey: MasterKey, clock: BenchClock, http: HTTPClient) async throws {
        var parts: [(name: String, time: Duration)] = []
        var last = ContinuousClock.now
        func ends(_ name: String) {
            parts.append((name, .now - last))
            last = .now
        }
        let store = try SQLiteStore(path: path)
        ends("start: the store is opened")
        let keyring = try await Keyring(onDemand: store, masterKey: masterKey, clock: clock)
        ends("start: the master key is tried on the keys")
        var configuration = RuntimeConfiguration()
        configuration.documentReader = "bench"
        let runtime = try await TenantRuntime(
            store: store,
            keyring: keyring,
            clock: clock,
            masterKey: masterKey,
            httpClient: http,
            logger: Self.quiet,
            configuration: configuration
        )
        ends("start: flows that this build has not read")
        let partners = try await PartnerRegistry(configured: size.configuredPartners(), store: store)
        ends("start: partners")
        tenant = Tenant(
            organisation: Self.organisation,
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
                tenant: Self.organisation
            ),
            partners: partners
        )
        (self.size, self.clock, self.store) = (size, clock, store)
        self.parts = parts
    }

    /// Runs `body` with the management API served on loopback, in the name of the tenant's administrator.
    func serving<Result: Sendable>(
        _ http: HTTPClient,
        _ body: (ManagementClient) async throws -> Result
    ) async throws -> Result {
        let (ports, report) = AsyncStream<Int>.makeStream()
        let administrator = Actor(name: "tina", role: .tenantAdministrator, organisation: Self.organisation)
        let listener = ServerListener.management(
            of: tenant,
            authentication: Authentication(accounts: [Account(actor: administrator, token: "bench")], clock: clock),
            host: "127.0.0.1",
            port: 0,
            logger: Self.quiet
        ) { report.yield($0) }
        let services = ServiceGroup(services: [listener], logger: Self.quiet)
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await services.run() }
            var known = ports.makeAsyncIterator()
            guard let port = await known.next() else { throw BenchFault.wrongResult("listener") }
            let result = try await body(
                ManagementClient(server: "http://127.0.0.1:\(port)", token: "bench", http: http)
            )
            await services.triggerGracefulShutdown()
            return result
        }
    }
}

/// What was measured is not what was asked for.
enum BenchFault: Error {
    case wrongResult(String)
}
