package import Keystore

extension TenantRuntime {
    /// Writes everything that the ledger has in memory.
    ///
    /// Guards are evaluated after it.
    package func flushLedger() async throws {
        try await context.ledger.flush()
    }

    /// Loads the store's present keyset and returns its generation: from now on every operation that begins uses it.
    package func acknowledgeGeneration() async throws -> Int {
        try await context.keyring.refresh()
        return context.keyring.snapshot.generation
    }

    /// The rows of the key-use ledger up to this moment, or those of one alias.
    package func keyUses(of alias: KeyAlias? = nil) async throws -> [KeyUseCounter] {
        try await flushLedger()
        return try await context.store.read { try $0.keyUseCounters(of: alias) }
    }

    /// What became of the messages of each flow, up to this moment.
    package func summaries() async throws -> [FlowSummary] {
        try await flushLedger()
        let (events, counts) = try await context.store.read { try ($0.flowEvents(), $0.messageCounts()) }
        return table.entries.map { entry in
            let id = entry.flow.id
            let count = { (event: FlowEvent) in events[FlowAccount(flow: id, event: event)]?.count ?? 0 }
            let stored = counts[id] ?? [:]
            var summary = FlowSummary(flow: id)
            summary.accepted = count(.accepted)
            summary.delivered = count(.delivered)
            summary.stored = stored.filter { !$0.key.isEnded }.values.reduce(0, +)
            summary.failed = stored[.failed] ?? 0
            summary.replayed = count(.replayed)
            summary.duplicates = count(.duplicate)
            summary.refused = count(.refused) + count(.turnedAway) + count(.faulted) + summary.replayed
            summary.inFlight = entry.gate.inFlight
            return summary
        }
    }
}
