import Keystore
import Messaging
import Renewal
import StoreSQLite
import Synchronization

/// A serving node: deploys flows in the store, and acknowledges the keyset that it is told to load.
final class Node: RuntimeControl {
    struct Down: Error {}

    /// What partners make of trials.
    let trials = Trials()
    private let store: SQLiteStore
    /// How many acts fail before the next one works.
    private let failures = Mutex(0)
    private let holds = Mutex<Set<String>>([])
    /// A generation that it does not get beyond.
    private let ceiling = Mutex(Int.max)
    private let loaded = Mutex(0)

    init(store: SQLiteStore) {
        self.store = store
    }

    /// Makes the next acts fail.
    func fail(_ count: Int) { failures.withLock { $0 = count } }

    /// Makes the node stay behind.
    func stay(at generation: Int) { ceiling.withLock { $0 = generation } }

    func deploy(flow: String) async throws { try await set(flow, .deployed) }

    func undeploy(flow: String) async throws { try await set(flow, .undeployed) }

    func hold(flow: String) async throws {
        try await set(flow, .held)
        holds.withLock { _ = $0.insert(flow) }
    }

    /// The flows that were held.
    var held: Set<String> { holds.withLock { $0 } }

    func isDeployed(flow: String) async throws -> Bool {
        try await store.read { (transaction: any RenewalTransaction) in try transaction.isDeployed(flow) }
    }

    func acknowledgedGeneration() async throws -> Int {
        let generation = try await store.read { (transaction: any RenewalTransaction) in try transaction.generation() }
        let reached = min(generation, ceiling.withLock { $0 })
        loaded.withLock { $0 = max($0, reached) }
        return reached
    }

    /// The generation that it serves with: the one it was told to load last.
    var servedGeneration: Int { loaded.withLock { $0 } }

    func proofWays(of flow: String) async throws -> ProofWays { trials.ways(of: flow) }

    func probe(_ probe: Probe) async throws -> ProbeFinding { trials.send(probe) }

    func offerSelfTests(_ probes: Set<Probe>, of alias: KeyAlias) async throws -> Set<Probe> { trials.offer(probes) }

    func setCanaries(_ canaries: Set<Canary>, of alias: KeyAlias) async throws { trials.run(canaries) }

    func save(_ flow: IntegrationFlow, _ status: FlowStatus) async throws {
        try await store.write { (transaction: any MessagingTransaction) in
            try transaction.save(FlowRecord(flow: flow, status: status))
        }
    }

    private func set(_ flow: String, _ status: FlowStatus) async throws {
        let fails = failures.withLock { count in
            defer { count = max(0, count - 1) }
            return count > 0
        }
        if fails { throw Down() }
        let found = try await store.read { (transaction: any MessagingTransaction) in
            try transaction.flowRecords().first { $0.flow.id.rawValue == flow }
        }
        if let found { try await save(found.flow, status) }
    }
}
