package import FoundationEssentials
package import Keystore

/// What the tenant runtime needs from one store transaction, besides the keystore's own operations.
package protocol MessagingTransaction: KeystoreTransaction {
    // MARK: Flows

    /// Every flow, by name.
    func flowRecords() throws -> [FlowRecord]

    /// One flow; `nil` when there is none of that name.
    func flowRecord(_ id: FlowID) throws -> FlowRecord?

    /// Inserts the flow or replaces the one of the same name. A path that another flow has is an error.
    func save(_ record: FlowRecord) throws

    // MARK: The durable queue

    /// Stores an accepted message, `held` when its flow is not deployed. False, and nothing is stored, when the flow already
    /// has one of the same `messageID`.
    func insert(_ message: StoredMessage) throws -> Bool

    /// Stores a message that was delivered while its sender waited, as completed and without envelope. False, and nothing is
    /// stored, when the flow already has one of the same `messageID`.
    func insertCompleted(_ message: StoredMessage, at now: Date) throws -> Bool

    /// Takes up to `limit` messages of deployed flows that are due: they become `processing`, with one more attempt.
    ///
    /// No flow gets more than `perFlow` in `processing`. An ordered flow gets one, the first of those that are neither
    /// completed nor discarded: as long as that one is not due, or failed, none.
    func claimDueMessages(at now: Date, limit: Int, perFlow: Int, holder: String) throws -> [StoredMessage]

    /// Whether ``claimDueMessages(at:limit:perFlow:holder:)`` would find anything.
    func hasDueMessages(at now: Date, perFlow: Int) throws -> Bool

    /// The first message of the flow that is neither completed nor discarded, without its envelope; `nil` when there is none.
    func firstOpenMessage(of flow: FlowID) throws -> StoredMessage?

    /// The receiver took the message: its envelope is erased. False when the message is not in delivery.
    func completeMessage(_ id: String, at now: Date) throws -> Bool

    /// The attempt failed: `retry` at `dueAt`, or `held` when the flow is no longer deployed.
    ///
    /// False when the message is not in delivery.
    func retryMessage(_ id: String, dueAt: Date, reason: String) throws -> Bool

    /// No further attempt: kept with its reason. False when the message is not in delivery.
    func failMessage(_ id: String, at now: Date, reason: String) throws -> Bool

    /// A failed message is delivered again: due `now`, until `deadline`; held when its flow is not deployed.
    ///
    /// False when the message is not a failed one.
    func redeliverMessage(_ id: String, at now: Date, until deadline: Date) throws -> Bool

    /// Gives a message up that is not in delivery and not completed: its envelope is erased, the reason kept.
    ///
    /// False when the message is in delivery or has come to another end than failing.
    func discardMessage(_ id: String, at now: Date, reason: String) throws -> Bool

    /// Up to `limit` sealed envelopes of messages after `id`, by their names.
    func sealedEnvelopes(after id: String, limit: Int) throws -> [(id: String, sealed: [UInt8])]

    /// Puts the same envelope in another seal. False when the message has none any more.
    func reseal(_ id: String, _ sealed: [UInt8]) throws -> Bool

    /// Removes up to `limit` messages that were completed or discarded before `moment`, and returns how many.
    func forgetMessages(endedBefore moment: Date, limit: Int) throws -> Int

    /// Holds what the flow has waiting.
    func holdMessages(of flow: FlowID, at now: Date) throws

    /// Lets held messages of the flow be delivered from `now` on; their deadlines move by the time they were held.
    func releaseHeldMessages(of flow: FlowID, at now: Date) throws

    /// Takes back what a former process was delivering: due at once, and to be delivered again.
    func takeBackMessages(heldBy holder: String, at now: Date) throws

    /// Makes messages that wait for a moment after `moment` due `now`, and returns how many.
    func hastenMessages(dueAfter moment: Date, to now: Date) throws -> Int

    /// One message; `nil` when there is none of that name.
    func message(_ id: String) throws -> StoredMessage?

    /// The messages of a flow in the order they were accepted.
    func messages(of flow: FlowID, limit: Int) throws -> [StoredMessage]

    /// The messages that `query` asks for, the latest first, without their envelopes.
    func messages(matching query: MessageQuery) throws -> [StoredMessage]

    /// How many messages each flow has in each state but `completed` and `discarded`.
    func messageCounts() throws -> [FlowID: [StoredMessage.State: Int]]

    /// How many messages a flow has in a state other than `completed` and `discarded`, and when the first of them was accepted.
    func storedFigures(of flow: FlowID, in state: StoredMessage.State) throws -> RuntimeFigures.Stored

    /// The message of a flow that has the sender's name `messageID`; `nil` when there is none.
    func message(named messageID: String, of flow: FlowID) throws -> StoredMessage?

    /// What the flow stored in each hour from that of `moment` on in which there was anything, in order.
    func intake(of flow: FlowID, since moment: Date) throws -> [HourlyIntake]

    // MARK: Replays

    /// Remembers an accepted message. A mark that is there already is an error.
    func insert(_ entry: ReplayEntry) throws

    /// What is remembered of the message that one of `marks` belongs to, with that mark alone; `nil` when none is known.
    func replayEntry(of marks: [[UInt8]]) throws -> ReplayEntry?

    /// How many marks the flow has.
    func replayMarkCount(of flow: FlowID) throws -> Int

    /// Forgets these marks.
    func removeReplayMarks(_ marks: [[UInt8]]) throws

    /// Forgets up to `limit` marks that expired before `moment`, and returns how many.
    func forgetReplayMarks(expiredBefore moment: Date, limit: Int) throws -> Int

    // MARK: Operation

    /// Writes something that reaches the disk: the proof that the store takes writes.
    func writeHeartbeat(at now: Date) throws

    /// Adds records to the message log.
    func log(_ records: [ExchangeRecord]) throws

    /// The records of the message log that `query` asks for, the latest first.
    func exchanges(matching query: ExchangeQuery) throws -> [LoggedExchange]

    /// Removes up to `limit` records that began before `moment` or are not among the latest `rowLimit`; returns how many.
    func pruneLog(startedBefore moment: Date, rowLimit: Int, limit: Int) throws -> Int

    // MARK: Captured messages

    /// Stores an order in the place of the flow's former one.
    func save(_ order: CaptureOrder) throws

    /// Every order, by flow.
    func captureOrders() throws -> [CaptureOrder]

    /// Stores a captured message under a number of its own.
    func insert(_ message: CapturedMessage) throws

    /// The captured messages of a flow, or of all, the latest first, without content.
    func capturedMessages(of flow: FlowID?, limit: Int) throws -> [CapturedMessage]

    /// A captured message; `nil` when there is none of that number.
    func capturedMessage(_ id: Int) throws -> CapturedMessage?

    /// The octets of all sealed contents.
    func capturedOctetCount() throws -> Int

    /// Up to `limit` captured messages after `id`, by their numbers, with content.
    func capturedMessages(after id: Int, limit: Int) throws -> [CapturedMessage]

    /// Puts the same content in another seal. False when there is no such message any more.
    func resealCapturedMessage(_ id: Int, _ sealed: [UInt8]) throws -> Bool

    /// Removes the captured messages of a flow.
    func eraseCapturedMessages(of flow: FlowID) throws

    /// Removes up to `limit` messages that were captured before `moment`, and returns how many.
    func forgetCapturedMessages(before moment: Date, limit: Int) throws -> Int

    // MARK: The ledger

    /// Adds counters to the ledger.
    func add(_ counters: [KeyUseCounter]) throws

    /// Every row of the ledger, or those of one alias.
    func keyUseCounters(of alias: KeyAlias?) throws -> [KeyUseCounter]

    /// Adds to the flows' counters.
    func add(_ events: [FlowAccount: Tally]) throws

    /// The flows' counters.
    func flowEvents() throws -> [FlowAccount: Tally]

    // MARK: Open operations

    /// Writes the row of an operation, with the count that it has now.
    func writeLease(_ lease: OpenOperationLease) throws

    /// Removes the row of an operation.
    func removeLease(_ operation: OpenOperation, holder: String) throws

    /// Removes every row of a process that is no more.
    func removeLeases(holder: String) throws

    /// Every row.
    func leases() throws -> [OpenOperationLease]
}

extension MessagingTransaction {
    /// As ``claimDueMessages(at:limit:perFlow:holder:)``, with no limit for one flow.
    package func claimDueMessages(at now: Date, limit: Int, holder: String) throws -> [StoredMessage] {
        try claimDueMessages(at: now, limit: limit, perFlow: .max, holder: holder)
    }
}
