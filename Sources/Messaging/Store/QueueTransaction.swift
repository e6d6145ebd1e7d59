package import FoundationEssentials

/// What the runtime needs of the durable queue.
package protocol QueueTransaction {
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
}

extension QueueTransaction {
    /// As ``claimDueMessages(at:limit:perFlow:holder:)``, with no limit for one flow.
    package func claimDueMessages(at now: Date, limit: Int, holder: String) throws -> [StoredMessage] {
        try claimDueMessages(at: now, limit: limit, perFlow: .max, holder: holder)
    }
}
