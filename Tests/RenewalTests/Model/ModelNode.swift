import Keystore
import Renewal
import Synchronization

/// A serving node whose deployments are the store's, whose acts may fail, and which forgets its trials when it ends.
final class ModelNode: RuntimeControl {
    struct Down: Error {}

    private struct Trials {
        var canaries: [KeyAlias: Set<Canary>] = [:]
        var offers: [KeyAlias: Set<Probe>] = [:]
        var passed: Set<Probe> = []
    }

    private let store: MemoryRenewalStore
    private let partners: ModelPartners
    private let usages: [KeyUsage]
    private let ways: [String: ProofWays]
    private let failures = Mutex(0)
    private let trials = Mutex(Trials())

    init(store: MemoryRenewalStore, partners: ModelPartners, topology: Topology) {
        self.store = store
        self.partners = partners
        usages = topology.usages
        ways = topology.ways
    }

    func fail(_ count: Int) { failures.withLock { $0 = count } }

    /// The process ended and began anew.
    func restart() { trials.withLock { $0 = Trials() } }

    /// The share of messages of a use that tries a version out.
    func canary(for usage: KeyUsage) -> Canary? {
        guard usage.side == .outbound else { return nil }
        return trials.withLock { trials in
            trials.canaries[usage.alias]?.first { $0.partner == usage.partner && $0.flows.contains(usage.flow) }
        }
    }

    /// Senders' stacks run what is on offer; those that handle the version pass.
    func runSelfTests() {
        let offers = trials.withLock { $0.offers.values.flatMap(\.self) }
        let passed = offers.filter { handles($0) }
        trials.withLock { $0.passed.formUnion(passed) }
    }

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

    func proofWays(of flow: String) async throws -> ProofWays { ways[flow] ?? ProofWays() }

    func probe(_ probe: Probe) async throws -> ProbeFinding {
        try act()
        return handles(probe)
            ? ProbeFinding(outcome: .accepted, status: "taken") : ProbeFinding(outcome: .refused, status: "refused")
    }

    func offerSelfTests(_ probes: Set<Probe>, of alias: KeyAlias) async throws -> Set<Probe> {
        trials.withLock { trials in
            trials.offers[alias] = probes
            return trials.passed.intersection(probes)
        }
    }

    func setCanaries(_ canaries: Set<Canary>, of alias: KeyAlias) async throws {
        trials.withLock { $0.canaries[alias] = canaries }
    }

    private func handles(_ probe: Probe) -> Bool {
        let side = probe.way == .message ? KeyUsage.Side.outbound : .inbound
        return
            usages.filter { usage in
                usage.alias == probe.version.alias && usage.flow == probe.flow && usage.side == side
                    && PartnerPart(usage.purpose) != nil
            }
            .allSatisfy { partners.versions(of: $0).contains(probe.version) }
    }

    private func act() throws {
        let fails = failures.withLock { count in
            defer { count = max(0, count - 1) }
            return count > 0
        }
        if fails { throw Down() }
    }
}
