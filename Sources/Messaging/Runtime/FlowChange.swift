/// A change of what the tenant serves: store and memory together.
enum FlowChange: Sendable {
    /// Serve the flow as it is given.
    case deploy(IntegrationFlow)
    /// Close its door.
    case stop(FlowID, FlowStatus)

    func carryOut(in context: RuntimeContext, _ table: FlowTable) async throws {
        switch self {
        case .deploy(let flow): try await deploy(flow, context, table)
        case .stop(let id, let status): try await stop(id, status, context, table)
        }
    }

    /// Durable first, then open: a message is accepted only on a flow that a restart finds deployed.
    private func deploy(_ flow: IntegrationFlow, _ context: RuntimeContext, _ table: FlowTable) async throws {
        let path = flow.sender.path
        if let owner = table.owner(ofPath: path, except: flow.id) { throw DeploymentError.pathTaken(path, by: owner) }
        let now = context.now
        try await context.store.write { transaction in
            try transaction.save(FlowRecord(flow: flow, status: .deployed))
            try transaction.releaseHeldMessages(of: flow.id, at: now)
        }
        table.put(flow, status: .deployed)
    }

    /// Closed first, then durable: between the two nothing new comes in.
    private func stop(
        _ id: FlowID,
        _ status: FlowStatus,
        _ context: RuntimeContext,
        _ table: FlowTable
    ) async throws {
        guard let entry = table.entry(id) else { throw DeploymentError.unknownFlow(id) }
        let former = entry.gate.status
        let now = context.now
        entry.gate.set(status)
        do {
            try await context.store.write { transaction in
                try transaction.save(FlowRecord(flow: entry.flow, status: status))
                try transaction.holdMessages(of: id, at: now)
            }
        } catch {
            entry.gate.set(former)
            throw error
        }
    }
}
