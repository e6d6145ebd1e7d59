package import FoundationEssentials
package import Keystore

/// What the runtime knows of itself at one moment, for the metrics.
package struct RuntimeFigures: Sendable {
    /// One flow.
    package struct Flow: Sendable {
        /// Its name.
        package let id: FlowID
        /// Who sends.
        package let sender: PartnerID
        /// Who receives.
        package let receiver: PartnerID
        /// Whether it serves messages.
        package let status: FlowStatus
        /// Exchanges under way.
        package let inFlight: Int
        /// Whether its messages are kept with their content.
        package let isCaptured: Bool
    }

    /// Stored messages of one flow in one state.
    package struct Stored: Hashable, Sendable {
        /// How many.
        package let count: Int
        /// When the first of them was accepted; `nil` when there is none.
        package let oldestAt: Date?

        package init(count: Int, oldestAt: Date?) {
            self.count = count
            self.oldestAt = oldestAt
        }
    }

    /// What only the store knows.
    package struct Kept: Sendable {
        /// The first rows of the key-use ledger, without destroyed versions.
        package let keyUses: [KeyUseCounter]
        /// The flows' counters.
        package let events: [FlowAccount: Tally]
        /// What each flow has stored that has not ended well.
        package let queues: [FlowID: [StoredMessage.State: Stored]]
        /// How many marks of accepted messages each flow remembers.
        package let replayMarks: [FlowID: Int]
    }

    /// The first flows, by name.
    package let flows: [Flow]
    /// How many flows come after these.
    package let leftOutCount: Int
    /// What is counted in memory.
    package let meters: MeterReading
    /// How many records of the message log found no room.
    package let droppedRecordCount: Int
    /// What the store holds; `nil` when it does not answer.
    package let kept: Kept?
}

extension TenantRuntime {
    /// The figures of this moment, of `limit` flows and as many rows of the ledger, and one more; what the store does not give
    /// is left out.
    package func figures(limit: Int) async -> RuntimeFigures {
        let captures = context.captures.orders
        let (entries, count) = table.first(limit)
        let flows =
            entries.map { entry in
                RuntimeFigures.Flow(
                    id: entry.flow.id,
                    sender: entry.flow.sender.partner,
                    receiver: entry.flow.receiver.partner,
                    status: entry.gate.status,
                    inFlight: entry.gate.inFlight,
                    isCaptured: captures[entry.flow.id]?.isRunning(at: context.now) ?? false
                )
            }
        try? await flushLedger()
        let kept = try? await context.store.read { transaction in
            try RuntimeFigures.Kept(
                keyUses: transaction.keyUseCounters(limit: limit + 1),
                events: flows.reduce(into: [:]) { try $0.merge(transaction.flowEvents(of: $1.id)) { $1 } },
                queues: Dictionary(
                    uniqueKeysWithValues: flows.map { try ($0.id, Self.queue(of: $0.id, in: transaction)) }
                ),
                replayMarks: Dictionary(
                    uniqueKeysWithValues: flows.map { try ($0.id, transaction.replayMarkCount(of: $0.id)) }
                )
            )
        }
        return RuntimeFigures(
            flows: flows,
            leftOutCount: count - flows.count,
            meters: context.meters.reading,
            droppedRecordCount: log.droppedCount,
            kept: kept
        )
    }

    /// Proves that the store takes writes, by one; throws what the store throws.
    package func proveStoreWritable() async throws {
        let now = context.now
        try await context.store.write { try $0.writeHeartbeat(at: now) }
    }

    private static func queue(
        of flow: FlowID,
        in transaction: any MessagingTransaction
    ) throws -> [StoredMessage.State: RuntimeFigures.Stored] {
        let states = StoredMessage.State.allCases.filter { !$0.isEnded || $0 == .failed }
        return try Dictionary(
            uniqueKeysWithValues: states.map { try ($0, transaction.storedFigures(of: flow, in: $0)) }
        )
    }
}
