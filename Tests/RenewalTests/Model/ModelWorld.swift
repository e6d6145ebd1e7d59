import Cryptography
import Foundation
import Keystore
import Renewal
import TestSupport

/// A tenant of a random topology in memory, and its partners.
final class ModelWorld {
    /// A message that its receiver cannot handle and that nobody took upon himself.
    struct Loss {
        let alias: KeyAlias
        let what: String
    }

    let topology: Topology
    let clock = SimulatedClock()
    let store: MemoryRenewalStore
    let masterKey: MasterKey
    let node: ModelNode
    let partners = ModelPartners()
    let people: [Actor]
    /// What went wrong that must not; empty in a sound system.
    private(set) var losses: [Loss] = []
    /// The steps for which a partner acted, whether or not its word arrived.
    var done: [RenewalID: Set<StepID>] = [:]
    /// How much of each journal partners have heard of.
    var followed: [RenewalID: Int] = [:]
    /// What was last said of giving a version up.
    var forecasts: [KeyVersionID: CompromiseForecast] = [:]
    /// The compromised versions, with what had been done with them until then.
    var compromised: [KeyVersionID: [MemoryState.Use: Int]] = [:]
    /// The uses whose messages may be lost, as was said when a version was given up.
    var forgiven: Set<KeyUsage> = []
    private var replacements = 0
    private let certificates: [Certificate]

    /// A world in which nothing is renewed yet; `certificates`, made once for all walks, are the partners'.
    init(_ topology: Topology, masterKey: MasterKey, certificates: [Certificate]) throws {
        self.topology = topology
        self.masterKey = masterKey
        self.certificates = certificates
        store = MemoryRenewalStore()
        node = ModelNode(store: store, partners: partners, topology: topology)
        people = Self.people(of: topology)
        try createKeys()
    }

    /// The tenant of another world as it is now, to go on with by itself; partners only as far as they are the tenant's concern.
    init(forking other: ModelWorld) {
        topology = other.topology
        masterKey = other.masterKey
        certificates = other.certificates
        store = MemoryRenewalStore(other.store.contents)
        node = ModelNode(store: store, partners: partners, topology: topology)
        people = other.people
        clock.set(to: other.clock.now)
    }

    /// An engine that knows nothing but the store.
    var engine: RenewalEngine {
        RenewalEngine(store: store, runtime: node, masterKey: masterKey, clock: clock, tenant: "tenant")
    }

    /// The renewal that a number chooses; `nil` before the first.
    func renewal(_ number: Int) throws -> RenewalState? {
        let contents = store.contents
        guard !contents.order.isEmpty else { return nil }
        return try contents.renewal(contents.order[number % contents.order.count])
    }

    /// What the capability registry of a configuration says.
    var capabilities: [PartnerCapability] {
        topology.capabilities.map { PartnerCapability(partner: $0.key, keys: $0.value) }
    }

    /// A message of a use is lost, of which nobody was told before.
    func lose(_ usage: KeyUsage, _ what: String) {
        guard !forgiven.contains(usage) else { return }
        losses.append(Loss(alias: usage.alias, what: what))
    }

    /// A partner's next certificate, PEM.
    func nextCertificate() -> String {
        certificates[(topology.aliases.count + store.contents.order.count) % certificates.count].pem
    }

    /// A partner's certificate that no renewal brings, PEM.
    func spareCertificate() -> String {
        replacements += 1
        return certificates[max(0, certificates.count - replacements)].pem
    }

    private static func people(of topology: Topology) -> [Actor] {
        let staff = [
            Actor(name: "tina", role: .tenantAdministrator, organisation: "tenant"),
            Actor(name: "tom", role: .tenantAdministrator, organisation: "tenant"),
            Actor(name: "dora", role: .integrationDeveloper, organisation: "tenant"),
            Actor(name: "olga", role: .senderAdministrator, organisation: "other"),
        ]
        return staff
            + topology.capabilities.keys.sorted()
            .map { partner in
                let isSender = partner.rawValue.hasPrefix("sender")
                return Actor(
                    name: "admin of \(partner)",
                    role: isSender ? .senderAdministrator : .receiverAdministrator,
                    organisation: partner.rawValue
                )
            }
    }

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
            for usage in topology.usages(of: alias) { partners.begin(usage, with: version.id) }
        }
        var state = transaction.state
        state.deployed = Set(topology.flows.map(\.name))
        store.change { [state] in $0 = state }
    }
}

extension MemoryState {
    /// A renewal as its journal folds.
    func renewal(_ id: RenewalID) throws -> RenewalState {
        try RenewalState(folding: journals[id] ?? [], of: id)
    }
}
