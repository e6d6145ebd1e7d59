import Keystore
import Messaging
import Renewal
import StoreSQLite
import Synchronization

/// A serving node: deploys flows in the store, and acknowledges the keyset that it is told to load.
final class Node: RuntimeControl {
    struct Down: Error {}

    private let store: SQLiteStore
    /// How many acts fail before the next one works.
    private let failures = Mutex(0)
    /// A generation that it does not get beyond.
    private let ceiling = Mutex(Int.max)

    init(store: SQLiteStore) {
        self.store = store
    }

    /// Makes the next acts fail.
    func fail(_ count: Int) { failures.withLock { $0 = count } }

    /// Makes the node stay behind.
    func stay(at generation: Int) { ceiling.withLock { $0 = generation } }

    func deploy(flow: String) async throws { try await set(flow, .deployed) }

    func undeploy(flow: String) async throws { try await set(flow, .undeployed) }

    func hold(flow: String) async throws { try await set(flow, .held) }

    func isDeployed(flow: String) async throws -> Bool {
        try await store.read { (transaction: any RenewalTransaction) in try transaction.isDeployed(flow) }
    }

    func acknowledgedGeneration() async throws -> Int {
        let generation = try await store.read { (transaction: any RenewalTransaction) in try transaction.generation() }
        return min(generation, ceiling.withLock { $0 })
    }

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
