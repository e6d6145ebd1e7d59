package import Keystore
package import Messaging
package import Renewal

/// Does for a renewal what it wants done by the runtime.
package struct RuntimeHands: RuntimeControl {
    private static let drainBound = Duration.seconds(60)

    private let runtime: TenantRuntime

    /// Hands that act on `runtime`.
    package init(runtime: TenantRuntime) {
        self.runtime = runtime
    }

    /// Deploys a flow that the runtime knows.
    package func deploy(flow: String) async throws {
        try await runtime.redeploy(id(flow))
    }

    /// Undeploys the flow and waits, within a minute, for its messages under way.
    package func undeploy(flow: String) async throws {
        _ = try await runtime.undeploy(id(flow), drainBound: Self.drainBound)
    }

    /// Holds the flow and waits, within a minute, for its messages under way.
    package func hold(flow: String) async throws {
        _ = try await runtime.hold(id(flow), drainBound: Self.drainBound)
    }

    /// Whether the runtime serves the flow.
    package func isDeployed(flow: String) async throws -> Bool {
        let flow = try id(flow)
        await runtime.whenRead()
        return runtime.flow(flow)?.status == .deployed
    }

    /// Loads the present keyset, after the ledger is written.
    package func acknowledgedGeneration() async throws -> Int {
        // Guards read the ledger next.
        try await runtime.flushLedger()
        return try await runtime.acknowledgeGeneration()
    }

    /// What the flow's settings allow.
    package func proofWays(of flow: String) async throws -> ProofWays {
        await runtime.whenRead()
        guard let found = runtime.flow(try id(flow))?.flow else { return ProofWays() }
        return ProofWays(
            hasProbe: found.receiver.probe != nil,
            hasCanary: found.receiver.triesKeysByShare,
            selfTestPath: found.sender.selfTestPath
        )
    }

    /// Sends the flow's probe, under the permission of this one trial.
    package func probe(_ probe: Probe) async throws -> ProbeFinding {
        switch await runtime.probe(try id(probe.flow), under: probe.permit) {
        case .accepted(let status): ProbeFinding(outcome: .accepted, status: status)
        case .refused(let status): ProbeFinding(outcome: .refused, status: status)
        case .inconclusive(let status): ProbeFinding(outcome: .inconclusive, status: status)
        }
    }

    /// Puts the self-tests of a key on offer.
    package func offerSelfTests(_ probes: Set<Probe>, of alias: KeyAlias) async throws -> Set<Probe> {
        let named = try probes.map { (SelfTestOffer(flow: try id($0.flow), permit: $0.permit), $0) }
        let passed = runtime.offerSelfTests(Set(named.map(\.0)), of: alias)
        return Set(named.filter { passed.contains($0.0) }.map(\.1))
    }

    /// Sets the shares of messages that try a key out.
    package func setCanaries(_ canaries: Set<Canary>, of alias: KeyAlias) async throws {
        let terms = try canaries.flatMap { canary in
            try canary.flows.map { CanaryTerms(flow: try id($0), permit: canary.permit, permille: canary.permille) }
        }
        runtime.setCanaries(Set(terms), of: alias)
    }

    private func id(_ flow: String) throws -> FlowID {
        guard let id = FlowID(rawValue: flow) else {
            throw RenewalRefusal(.unknown, reason: "there is no flow \(flow).", remedy: "List the flows.")
        }
        return id
    }
}
