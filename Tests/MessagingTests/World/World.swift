import AsyncHTTPClient
import Cryptography
import Foundation
import Hummingbird
import Keystore
import Logging
import Messaging
import StoreSQLite
import TestSupport
import WSSecurity

/// A tenant with its SQLite file, its keys and a receiver on loopback.
final class World: Sendable {
    let path: String
    let store: SQLiteStore
    let keyring: Keyring
    let clock: SimulatedClock
    let masterKey: MasterKey
    let keys: PartnerKeys
    let runtime: TenantRuntime
    let receiver: Receiver
    let url: String
    let log = LogRecord()
    private let client: HTTPClient

    /// Runs `body` with a running tenant (or one that `body` runs itself); everything ends with it.
    static func run(
        configuration: RuntimeConfiguration = RuntimeConfiguration(),
        connecting: ReceiverRules = .loopback,
        isRunning: Bool = true,
        _ body: @Sendable (World) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "messaging-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let path = folder.appending(path: "tenant.sqlite").path
        let keys = try PartnerKeys.shared.get()
        let store = try SQLiteStore(path: path)
        let masterKey = try MasterKey.generate()
        let clock = SimulatedClock(now: PartnerKeys.now)
        try await Self.fill(store, masterKey, keys)
        let keyring = try await Keyring(store: store, masterKey: masterKey, clock: clock)
        let signing = try ["tenant-sign", "tenant-reply-sign"].map { try KeyAlias($0) }
        let receiver = Receiver(keys: keys, clock: clock) { keyring.snapshot.accepted(signing).map(\.certificate) }
        let (ports, port) = AsyncStream.makeStream(of: Int.self)
        let server = Application(
            responder: receiver.responder,
            configuration: .init(address: .hostname("127.0.0.1", port: 0)),
            onServerRunning: { port.yield($0.localAddress?.port ?? 0) },
            logger: Self.quiet
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await server.runService(gracefulShutdownSignals: []) }
            guard let number = await ports.first(where: { _ in true }) else { return }
            try await withClient(connecting) { client in
                let world = try await World(
                    path,
                    store,
                    keyring,
                    clock,
                    masterKey,
                    keys,
                    receiver,
                    url: "http://127.0.0.1:\(number)/orders",
                    client,
                    configuration
                )
                if isRunning {
                    try await world.running { try await body(world) }
                } else {
                    try await body(world)
                }
            }
            group.cancelAll()
        }
    }

    private init(
        _ path: String,
        _ store: SQLiteStore,
        _ keyring: Keyring,
        _ clock: SimulatedClock,
        _ masterKey: MasterKey,
        _ keys: PartnerKeys,
        _ receiver: Receiver,
        url: String,
        _ client: HTTPClient,
        _ configuration: RuntimeConfiguration
    ) async throws {
        self.path = path
        self.store = store
        self.keyring = keyring
        self.clock = clock
        self.masterKey = masterKey
        self.keys = keys
        self.receiver = receiver
        self.url = url
        self.client = client
        runtime = try await TenantRuntime(
            store: store,
            keyring: keyring,
            clock: clock,
            masterKey: masterKey,
            httpClient: client,
            logger: log.logger,
            configuration: configuration.onLoopback
        )
    }

    /// Runs `body` while the runtime delivers.
    private func running(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.runtime.run() }
            do {
                try await body()
            } catch {
                group.cancelAll()
                throw error
            }
            group.cancelAll()
        }
    }

    /// A second program over the same file, as after a kill: nothing of the first one's memory is in it.
    ///
    /// With a `documentReader` it takes in keys when they are needed, as `rekey serve` does; one that is not running reads
    /// nothing beside the traffic.
    func restarted(
        configuration: RuntimeConfiguration = RuntimeConfiguration(),
        isRunning: Bool = true,
        _ body: (TenantRuntime) async throws -> Void
    ) async throws {
        let store = try SQLiteStore(path: path)
        let keyring =
            if configuration.documentReader == nil {
                try await Keyring(store: store, masterKey: masterKey, clock: clock)
            } else {
                try await Keyring(onDemand: store, masterKey: masterKey, clock: clock)
            }
        let runtime = try await TenantRuntime(
            store: store,
            keyring: keyring,
            clock: clock,
            masterKey: masterKey,
            httpClient: client,
            logger: Self.quiet,
            configuration: configuration.onLoopback
        )
        try await withThrowingTaskGroup(of: Void.self) { group in
            if isRunning { group.addTask { try await runtime.run() } }
            try await body(runtime)
            group.cancelAll()
        }
    }

    private static func withClient(_ rules: ReceiverRules, _ body: (HTTPClient) async throws -> Void) async throws {
        let client = HTTPClient(
            eventLoopGroupProvider: .singleton,
            configuration: .forReceivers(rules)
        )
        do {
            try await body(client)
        } catch {
            try await client.shutdown()
            throw error
        }
        try await client.shutdown()
    }

    private static var quiet: Logger {
        Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
    }

    private static func fill(_ store: any KeystoreStore, _ masterKey: MasterKey, _ keys: PartnerKeys) async throws {
        try await store.write { transaction in
            let operations = KeyOperations(
                transaction: transaction,
                masterKey: masterKey,
                now: PartnerKeys.now,
                actor: "test"
            )
            for name in ["tenant-sign", "tenant-reply-sign"] {
                _ = try operations.create(
                    alias: KeyAlias(name),
                    kind: .p256,
                    subject: "CN=\(name)",
                    validity: .seconds(30 * 86_400)
                )
            }
            _ = try operations.importPair(
                alias: KeyAlias("tenant-decrypt"),
                key: keys.tenantDecrypt.key,
                chain: [keys.tenantDecrypt.certificate]
            )
            let certificates = [
                ("sender-sign", keys.senderSign, "sender-one"), ("sender-encrypt", keys.senderDecrypt, "sender-one"),
                ("receiver-sign", keys.receiverSign, "receiver-one"),
                ("receiver-encrypt", keys.receiverDecrypt, "receiver-one"),
                ("stranger-sign", keys.stranger, "sender-two"),
            ]
            for (alias, pair, partner) in certificates {
                _ = try operations.importCertificate(
                    alias: KeyAlias(alias),
                    chain: [pair.certificate],
                    partner: PartnerID(partner)
                )
            }
        }
    }
}
