import AsyncHTTPClient
import Foundation
import ManagementAPI
import TestSupport
import Testing

/// A tenant as a process, a sender and a receiver around it, and what they saw.
actor FaultWorld {
    nonisolated let folder: URL
    nonisolated let keys: PartnerKeys
    nonisolated let journal = Journal()
    nonisolated let receiver: FaultyReceiver
    nonisolated let load: OrderLoad
    nonisolated let http = HTTPClient(configuration: ManagementClient.httpConfiguration)
    private let search: SecretSearch
    private let isRemoving: Bool
    private var process: TenantProcess?
    private var starts = 0
    /// Words before the program's own at the next start.
    var prefix: [String] = []

    nonisolated let files: TenantFiles
    private static let token = "0123456789abcdef0123456789abcdef"
    private static let developerToken = "fedcba9876543210fedcba9876543210"

    /// A world whose tenant has not been started; `folder` is the tenant's, a new one unless it is given.
    init(
        folder given: URL? = nil,
        clock: @escaping @Sendable () -> Date = { Date(timeIntervalSinceNow: 0) }
    ) async throws {
        keys = try PartnerKeys.shared.get()
        folder = given ?? FileManager.default.temporaryDirectory.appending(path: "rekey-faults-\(UUID().uuidString)")
        isRemoving = given == nil
        receiver = try await FaultyReceiver(keys: keys, journal: journal, clock: clock)
        load = OrderLoad(keys: keys, journal: journal, http: http, clock: clock)
        let masterKey = (0..<32).map { _ in UInt8.random(in: .min ... .max) }
        search = try SecretSearch(keys: keys, masterKey: masterKey)
        files = TenantFiles(folder: folder, receiverPort: receiver.port)
        try files.write(masterKey: masterKey, token: Self.token, developerToken: Self.developerToken)
    }

    /// Runs `body` with a tenant that has its keys and serves its flows, then looks for secrets in all its files.
    static func run(
        folder: URL? = nil,
        clock: @escaping @Sendable () -> Date = { Date(timeIntervalSinceNow: 0) },
        _ body: (FaultWorld) async throws -> Void
    ) async throws {
        let world = try await FaultWorld(folder: folder, clock: clock)
        do {
            try await world.start()
            try await world.introduceKeys()
            try await body(world)
            try await world.expectNoSecrets()
        } catch {
            await world.close()
            throw error
        }
        await world.close()
    }

    // MARK: The process

    /// Starts the tenant and returns when it accepts messages.
    func start() async throws {
        try launch()
        guard let process else { return }
        try await wait(for: "the tenant to start: \(process.text.suffix(2000))") {
            guard process.isRunning else { throw InVain(description: "the tenant ended: \(process.text.suffix(2000))") }
            return process.ports != nil
        }
        load.direct(to: process.ports.map { "http://127.0.0.1:\($0.messages)" })
    }

    /// Starts the tenant, unless it runs, and returns at once.
    func launch() throws {
        guard process?.isRunning != true else { return }
        starts += 1
        process = try TenantProcess(in: folder, log: "tenant-\(starts).log", prefix: prefix)
    }

    func set(prefix: [String]) { self.prefix = prefix }

    /// Kills the tenant (SIGKILL).
    func kill() async throws { try await crash(SIGKILL) }

    /// Ends the tenant by a signal that it does not handle.
    func crash(_ signal: Int32) async throws {
        process?.end(by: signal)
        try await receiver.drain()
        journal.note { $0.kills.append(.now) }
        load.direct(to: nil)
    }

    var processID: Int32? { process?.processID }
    var log: String { process?.text ?? "" }
    var messagePort: Int { process?.ports?.messages ?? 0 }

    // MARK: What it says

    /// The management API as the tenant's administrator uses it.
    var management: ManagementClient { client(Self.token) }

    /// The management API as the developer of its flows uses it.
    var development: ManagementClient { client(Self.developerToken) }

    private func client(_ token: String) -> ManagementClient {
        ManagementClient(server: "http://127.0.0.1:\(process?.ports?.management ?? 0)", token: token, http: http)
    }

    private func close() async {
        process?.end(by: SIGKILL)
        try? await receiver.stop()
        try? await http.shutdown()
        if isRemoving { try? FileManager.default.removeItem(at: folder) }
    }

    /// No file of the tenant shows a message's content or a key.
    func expectNoSecrets(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let findings = try search.findings(in: folder)
        #expect(findings == [], sourceLocation: sourceLocation)
    }
}
