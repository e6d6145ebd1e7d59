import Messaging
import Renewal

/// Does for a renewal what it wants done by the runtime.
struct RuntimeHands: RuntimeControl {
    private static let drainBound = Duration.seconds(60)

    let runtime: TenantRuntime

    func deploy(flow: String) async throws {
        try await runtime.redeploy(id(flow))
    }

    func undeploy(flow: String) async throws {
        _ = try await runtime.undeploy(id(flow), drainBound: Self.drainBound)
    }

    func isDeployed(flow: String) async throws -> Bool {
        let flow = try id(flow)
        return runtime.flow(flow)?.status == .deployed
    }

    func acknowledgedGeneration() async throws -> Int {
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
