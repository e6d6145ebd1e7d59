import AsyncHTTPClient
import Cryptography
import Foundation
import Keystore
import Logging
import Messaging
import Renewal
import StoreSQLite
import Synchronization
import Timekeeping

/// Measures a tenant of one size: fills a store, starts on it, and does each operation many times.
final class Measurement {
    private static let tenantName = "tenant"
    private static let repetitions = 2_000

    private let size: Size
    private let folder: URL
    private let clock = BenchClock()
    private let masterKey: MasterKey
    private let http = HTTPClient(
        eventLoopGroupProvider: .singleton,
        configuration: TenantRuntime.receiverClientConfiguration(ReceiverRules())
    )
    private(set) var times: [(name: String, time: Duration)] = []

    init(_ size: Size, in folder: URL) throws {
        self.size = size
        self.folder = folder
        masterKey = try MasterKey.generate()
    }

    func run() async throws {
        let path = folder.appending(path: "\(size.flows).sqlite").path()
        let first = try SQLiteStore(path: path)
        note("fill")
        try await Filling(store: first, masterKey: masterKey, size: size, now: clock.now).run()
        try first.close()
        let start = ContinuousClock.now
        let store = try SQLiteStore(path: path)
        let keyring = try await Keyring(store: store, masterKey: masterKey, clock: clock)
        times.append(("start: store and keys", .now - start))
        let between = ContinuousClock.now
        let runtime = try await TenantRuntime(
            store: store,
            keyring: keyring,
            clock: clock,
            masterKey: masterKey,
            httpClient: http,
            logger: Logger(label: "bench") { _ in SwiftLogNoOpLogHandler() }
        )
        times.append(("start: flows", .now - between))
        try await lookUp(keyring.snapshot)
        try await whereUsed(runtime, store)
        try await renew(runtime, keyring, store)
        try await http.shutdown()
        try store.close()
    }

    private func lookUp(_ snapshot: KeyringSnapshot) async throws {
        let certificates = try (0..<Self.repetitions)
            .compactMap { turn in
                snapshot.versions(of: try size.alias("verify", of: pick(turn))).first?.certificate
            }
        var found = 0
        measure("look-up by issuer and serial number") { turn in
            let certificate = certificates[turn]
            found += snapshot.candidates(issuer: certificate.issuer, serial: certificate.serialNumber).count
        }
        measure("look-up by subject key identifier") { turn in
            found += snapshot.candidates(subjectKeyIdentifier: certificates[turn].keyIdentifier).count
        }
        measure("look-up by thumbprint") { turn in
            found += snapshot.candidates(thumbprint: certificates[turn].thumbprint).count
        }
        guard found == 3 * Self.repetitions else { throw BenchFault.wrongResult("look-up") }
        let aliases = try (0..<Self.repetitions).map { try size.alias("sign", of: pick($0)) }
        var signed = 0
        measure("what a flow signs with") { turn in
            if (try? snapshot.signingCredential(aliases[turn], at: clock.now)) != nil { signed += 1 }
        }
        guard signed == Self.repetitions else { throw BenchFault.wrongResult("signing credential") }
    }

    private func whereUsed(_ runtime: TenantRuntime, _ store: SQLiteStore) async throws {
        try await measure("where-used, from configuration and ledger", 500) { turn in
            let alias = try self.size.alias("sign", of: self.pick(turn))
            let (uses, counted) = (runtime.uses(of: alias), try await runtime.keyUses(of: alias))
            guard uses.count == 1, counted.count == 1 else { throw BenchFault.wrongResult("where-used") }
        }
        let (masterKey, now, size) = (masterKey, clock.now, size)
        try await measure("a certificate imported (told from all others)", 100) { turn in
            let certificate = try Certificate.selfSigned(
                key: try PrivateKey.generate(.p256),
                subject: "CN=extra \(turn)",
                notBefore: now,
                notAfter: now.addingTimeInterval(86_400)
            )
            try await store.write { (transaction: any KeystoreTransaction) in
                let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "bench")
                let partner = try size.partner(of: turn)
                _ = try keys.importCertificate(alias: KeyAlias("extra-\(turn)"), chain: [certificate], partner: partner)
            }
        }
        try await measure("the keyring after a change", 20) { turn in
            try await store.write { (transaction: any KeystoreTransaction) in
                let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "bench")
                let validity = Duration.seconds(86_400)
                _ = try keys.create(alias: KeyAlias("own-\(turn)"), kind: .p256, subject: "CN=own", validity: validity)
            }
            _ = try await runtime.acknowledgeGeneration()
        }
    }

    private func renew(_ runtime: TenantRuntime, _ keyring: Keyring, _ store: SQLiteStore) async throws {
        let engine = RenewalEngine(
            store: store,
            runtime: BenchHands(runtime: runtime),
            masterKey: masterKey,
            clock: clock,
            tenant: Self.tenantName
        )
        let capabilities = try (0..<size.partners)
            .map {
                PartnerCapability(partner: try size.partner(of: $0), keys: .dual)
            }
        try await measure("plan", 200) { turn in
            let alias = try self.size.alias("sign", of: self.pick(turn))
            _ = try await engine.preview(alias, usages: self.usages(runtime, alias), capabilities: capabilities)
        }
        let tina = Actor(name: "tina", role: .tenantAdministrator, organisation: Self.tenantName)
        note("\(size.renewals) renewals begin")
        let start = ContinuousClock.now
        for number in 0..<size.renewals {
            let alias = try size.alias("sign", of: number)
            let usages = usages(runtime, alias)
            let view = try await engine.create(alias, usages: usages, capabilities: capabilities, by: tina)
            _ = try await engine.start(view.id, by: tina)
            guard let create = view.steps.first(where: { $0.kind == .createKeyPair }) else {
                throw BenchFault.wrongResult("plan")
            }
            _ = try await engine.claim(create.id, of: view.id, by: tina)
        }
        times.append(("a renewal planned, begun, its key made", (.now - start) / size.renewals))
        try await scheduler(engine, tina)
    }

    private func scheduler(_ engine: RenewalEngine, _ tina: Actor) async throws {
        // What is not told by a clock settles first.
        clock.advance(by: 1)
        try await engine.tick()
        try await measure("a tick, nothing due", 50) { _ in try await engine.tick() }
        try await measure("which renewal holds an alias", 500) { turn in
            let alias = try self.size.alias("sign", of: turn % self.size.renewals)
            guard try await engine.renewal(holding: alias) != nil else { throw BenchFault.wrongResult("holding") }
        }
        try await measure("which downtime keeps a flow", 500) { turn in
            _ = try await engine.renewal(keepingUndeployed: "flow-\(turn)")
        }
        try await measure("a page of 20 renewals", 10) { _ in
            var query = RenewalQuery()
            query.limit = 20
            query.statuses = [.running]
            guard try await engine.list(query).count == 20 else { throw BenchFault.wrongResult("page") }
        }
        clock.advance(by: 61)
        let start = ContinuousClock.now
        try await engine.tick()
        times.append(("a tick, each renewal due: for one", (.now - start) / size.renewals))
    }

    private func usages(_ runtime: TenantRuntime, _ alias: KeyAlias) -> [KeyUsage] {
        runtime.uses(of: alias)
            .map { use in
                KeyUsage(alias: alias, purpose: .sign, flow: use.flow.rawValue, side: .outbound, partner: use.partner)
            }
    }

    /// A flow, far from the one of the turn before.
    private func pick(_ turn: Int) -> Int { turn * 7_919 % size.flows }

    private func measure(_ name: String, _ body: (Int) -> Void) {
        let start = ContinuousClock.now
        for turn in 0..<Self.repetitions { body(turn) }
        times.append((name, (.now - start) / Self.repetitions))
    }

    private func measure(_ name: String, _ count: Int, _ body: (Int) async throws -> Void) async throws {
        let start = ContinuousClock.now
        for turn in 0..<count { try await body(turn) }
        times.append((name, (.now - start) / count))
    }

    private func note(_ text: String) {
        FileHandle.standardError.write(Data("\(size.aliases) aliases: \(text)\n".utf8))
    }
}

/// What was measured is not what was asked for.
enum BenchFault: Error {
    case wrongResult(String)
}

/// A clock that the benchmark sets.
final class BenchClock: WallClock {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { moment.withLock { $0 } }

    func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}

/// The runtime as a renewal asks it.
struct BenchHands: RuntimeControl {
    let runtime: TenantRuntime

    func deploy(flow: String) async throws {}

    func undeploy(flow: String) async throws {}

    func isDeployed(flow: String) async throws -> Bool {
        FlowID(rawValue: flow).flatMap { runtime.flow($0)?.status } == .deployed
    }

    func acknowledgedGeneration() async throws -> Int {
        try await runtime.flushLedger()
        return try await runtime.acknowledgeGeneration()
    }
}
