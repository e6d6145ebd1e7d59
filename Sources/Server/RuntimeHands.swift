package import Messaging
import Renewal

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
        return runtime.flow(flow)?.status == .deployed
    }

    /// Loads the present keyset, after the ledger is written.
    package func acknowledgedGeneration() async throws -> Int {
        // Guards read the ledger next.
        try await runtime.flushLedger()
        return try await runtime.acknowledgeGeneration()
    }

    private func id(_ flow: String) throws -> FlowID {
        guard let id = FlowID(rawValue: flow) else {
            throw RenewalRefusal(.unknown, reason: "there is no flow \(flow).", remedy: "List the flows.")
        }
        return id
    }
}
