import Keystore

/// A change of what the tenant serves: store and memory together.
enum FlowChange: Sendable {
    /// Serve the flow as it is given.
    case deploy(IntegrationFlow)
    /// Close its door.
    case stop(FlowID, FlowStatus)
    /// Give a key another name, in the keystore and in the flows that name it.
    case rename(KeyRename)

    func carryOut(in context: RuntimeContext, _ table: FlowTable, _ reading: FlowReading) async throws {
        switch self {
        case .deploy(let flow):
            // One that cannot be read is replaced, or keeps its path by the store's own rule.
            _ = try? await (reading.entry(flow.id), reading.entry(path: flow.sender.path))
            try await deploy(flow, context, table)
        case .stop(let id, let status):
            guard let entry = try await reading.entry(id) else { throw DeploymentError.unknownFlow(id) }
            try await stop(entry, status, context, table)
        case .rename(let rename):
            await reading.wait()
            try await self.rename(rename, context, table)
        }
    }

    /// Durable first, then open: a message is accepted only on a flow that a restart finds deployed.
    private func deploy(_ flow: IntegrationFlow, _ context: RuntimeContext, _ table: FlowTable) async throws {
        let path = flow.sender.path
        if let owner = table.owner(ofPath: path, except: flow.id) { throw DeploymentError.pathTaken(path, by: owner) }
        let now = context.now
        try await context.store.write { transaction in
            try transaction.save(FlowRecord(flow: flow, status: .deployed))
            if let reader = context.configuration.documentReader {
                try transaction.noteRead([flow.id.rawValue], by: reader)
            }
            try transaction.releaseHeldMessages(of: flow.id, at: now)
        }
        table.put(flow, status: .deployed)
    }

    /// Closed first, then durable: between the two nothing new comes in.
    private func stop(
        _ entry: FlowTable.Entry,
        _ status: FlowStatus,
        _ context: RuntimeContext,
        _ table: FlowTable
    ) async throws {
        let former = entry.gate.status
        let now = context.now
        table.set(status, of: entry)
        do {
            try await context.store.write { transaction in
                try transaction.save(FlowRecord(flow: entry.flow, status: status))
                try transaction.holdMessages(of: entry.flow.id, at: now)
            }
        } catch {
            table.set(former, of: entry)
            throw error
        }
    }

    /// Durable first; then keys whose former names are still known; then the flows, whose doors stay as they are.
    ///
    /// So a message finds its keys whether its flow has the former name or the new one.
    private func rename(_ rename: KeyRename, _ context: RuntimeContext, _ table: FlowTable) async throws {
        let entries = table.entries(naming: rename.alias)
        guard rename.changesFlows || entries.isEmpty else {
            throw KeyRenameError.namedByFlows(rename.alias, entries.map(\.flow.id))
        }
        let records = try entries.map { entry in
            FlowRecord(flow: try entry.flow.renaming(rename.alias, to: rename.name), status: entry.gate.status)
        }
        try await context.store.write { transaction in
            try rename.inKeystore(transaction, records.map(\.flow.id))
            for record in records { try transaction.save(record) }
        }
        try await context.keyring.refresh()
        for record in records { table.put(record.flow, status: record.status) }
    }
}
