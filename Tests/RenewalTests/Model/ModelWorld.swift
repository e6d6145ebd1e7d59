import Cryptography
import Foundation
import Keystore
import Renewal
import Synchronization
import TestSupport

/// A tenant of a random topology in memory, and honest partners: each does to its system what its step says, then says so.
final class ModelWorld {
    let topology: Topology
    let clock = SimulatedClock()
    let store = MemoryRenewalStore()
    let masterKey: MasterKey
    let node: ModelNode
    let people: [Actor]
    /// The versions that a partner's system handles, or protects with, by the use that the tenant makes of the key.
    private(set) var partners: [KeyUsage: Set<KeyVersionID>] = [:]
    /// The senders that stopped.
    private(set) var silent: Set<PartnerID> = []
    /// What went wrong that must not; empty in a sound system.
    private(set) var losses: [String] = []
    private let certificates: [Certificate]

    /// A world in which nothing is renewed yet; `certificates`, made once for all walks, are the partners'.
    init(_ topology: Topology, masterKey: MasterKey, certificates: [Certificate]) throws {
        self.topology = topology
        self.masterKey = masterKey
        self.certificates = certificates
        node = ModelNode(store: store)
        let staff = [
            Actor(name: "tina", role: .tenantAdministrator, organisation: "tenant"),
            Actor(name: "tom", role: .tenantAdministrator, organisation: "tenant"),
            Actor(name: "dora", role: .integrationDeveloper, organisation: "tenant"),
            Actor(name: "olga", role: .senderAdministrator, organisation: "other"),
        ]
        people =
            staff
            + topology.capabilities.keys.sorted()
            .map { partner in
                let isSender = partner.rawValue.hasPrefix("sender")
                return Actor(
                    name: "admin of \(partner)",
                    role: isSender ? .senderAdministrator : .receiverAdministrator,
                    organisation: partner.rawValue
                )
            }
        try createKeys()
    }

    /// An engine that knows nothing but the store.
    var engine: RenewalEngine {
        RenewalEngine(store: store, runtime: node, masterKey: masterKey, clock: clock, tenant: "tenant")
    }

    /// The renewal that a number chooses; `nil` before the first.
    func renewal(_ number: Int) throws -> RenewalState? {
        let contents = store.contents
        guard !contents.order.isEmpty else { return nil }
        let id = contents.order[number % contents.order.count]
        return try RenewalState(folding: contents.journals[id] ?? [], of: id)
    }

    /// What the partner does to its own system in a step that is open, before it says so.
    func play(_ step: PlannedStep, of state: RenewalState) {
        let old = state.plan.oldVersion
        for track in step.tracks.map({ state.plan.tracks[$0] }) {
            for usage in topology.usages(of: state.plan.alias)
            where usage.partner == track.partner && usage.useCase == track.useCase {
                switch step.kind {
                case .configurePartner:
                    // A partner's own new key pair is in its system before the tenant has the certificate.
                    let new = state.newVersion ?? nextVersion(of: state.plan.alias)
                    let keepsOld = track.variant == .dual
                    partners[usage] = keepsOld ? (partners[usage] ?? []).union([new]) : [new]
                case .removeOld: partners[usage]?.remove(old)
                case .stopSending: silent.insert(track.partner)
                case .startSending: silent.remove(track.partner)
                default: break
                }
            }
        }
    }

    private func nextVersion(of alias: KeyAlias) -> KeyVersionID {
        let last = store.contents.versions[alias]?.map(\.id.number).max() ?? 0
        return KeyVersionID(alias: alias, number: last + 1)
    }

    /// Messages on every flow that serves and whose sender sends; a use that one end cannot handle is a loss.
    func traffic(_ count: Int) {
        let (now, silent, partners, topology) = (clock.now, silent, partners, topology)
        var lost: [String] = []
        store.change { state in
            for flow in topology.flows where state.deployed.contains(flow.name) && !silent.contains(flow.sender) {
                state.arrivals[flow.name] = now
                for usage in topology.usages where usage.flow == flow.name {
                    guard let version = Self.version(for: usage, state, partners) else {
                        lost.append("nothing to \(usage.purpose.rawValue) with: \(usage.alias) on \(usage.flow)")
                        continue
                    }
                    if !Self.isHandled(version, usage, state, partners) {
                        lost.append("\(version) to \(usage.purpose.rawValue) on \(usage.flow) with \(usage.partner)")
                    }
                    let use = MemoryState.Use(
                        version: version,
                        purpose: usage.purpose,
                        partner: usage.partner,
                        flow: usage.flow
                    )
                    state.uses[use, default: KeyUseTally()]
                        .add(KeyUseTally(succeeded: count, firstAt: now, lastAt: now))
                    Self.wake(usage.alias, &state)
                }
            }
        }
        losses += lost
    }

    /// The version that protects: the tenant's active one, or the newest that the partner uses.
    private static func version(
        for usage: KeyUsage,
        _ state: MemoryState,
        _ partners: [KeyUsage: Set<KeyVersionID>]
    ) -> KeyVersionID? {
        switch usage.purpose {
        case .sign, .encrypt: state.versions[usage.alias]?.first { $0.state.canProtect }?.id
        case .verify, .decrypt: partners[usage]?.max()
        }
    }

    private static func isHandled(
        _ version: KeyVersionID,
        _ usage: KeyUsage,
        _ state: MemoryState,
        _ partners: [KeyUsage: Set<KeyVersionID>]
    ) -> Bool {
        switch usage.purpose {
        case .sign, .encrypt: partners[usage]?.contains(version) == true
        case .verify, .decrypt:
            state.versions[usage.alias]?.contains { $0.id == version && $0.state.canProcess } == true
        }
    }

    /// What the ledger's trigger does.
    private static func wake(_ alias: KeyAlias, _ state: inout MemoryState) {
        for (id, standing) in state.standings where standing.alias == alias && standing.isWatchingTraffic {
            state.standings[id] = RenewalStanding(
                id: id,
                alias: alias,
                status: standing.status,
                partners: standing.partners,
                flowsKeptUndeployed: standing.flowsKeptUndeployed,
                isWatchingTraffic: true,
                nextLookAt: .distantPast
            )
        }
    }

    /// A partner's next certificate, PEM.
    func nextCertificate(_ number: Int) -> String { certificates[number % certificates.count].pem }

    private func createKeys() throws {
        let transaction = MemoryRenewalTransaction(store.contents)
        let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: clock.now, actor: "set-up")
        for (number, alias) in topology.aliases.enumerated() {
            let version =
                switch topology.owners[alias] {
                case .partner(let partner):
                    try keys.importCertificate(alias: alias, chain: [certificates[number]], partner: partner)
                default:
                    try keys.create(
                        alias: alias,
                        kind: .p256,
                        subject: "CN=\(alias)",
                        validity: .seconds(20 * 365 * 86_400)
                    )
                }
            for usage in topology.usages(of: alias) { partners[usage] = [version.id] }
        }
        var state = transaction.state
        state.deployed = Set(topology.flows.map(\.name))
        store.change { [state] in $0 = state }
    }
}

/// A serving node whose state is the store's, and whose acts may fail.
final class ModelNode: RuntimeControl {
    struct Down: Error {}

    private let store: MemoryRenewalStore
    private let failures = Mutex(0)

    init(store: MemoryRenewalStore) {
        self.store = store
    }

    func fail(_ count: Int) { failures.withLock { $0 = count } }

    func deploy(flow: String) async throws {
        try act()
        store.change { $0.deployed.insert(flow) }
    }

    func undeploy(flow: String) async throws {
        try act()
        store.change { $0.deployed.remove(flow) }
    }

    func hold(flow: String) async throws { try await undeploy(flow: flow) }

    func isDeployed(flow: String) async throws -> Bool { store.contents.deployed.contains(flow) }

    func acknowledgedGeneration() async throws -> Int { store.contents.generation }

    private func act() throws {
        let fails = failures.withLock { count in
            defer { count = max(0, count - 1) }
            return count > 0
        }
        if fails { throw Down() }
    }
}
