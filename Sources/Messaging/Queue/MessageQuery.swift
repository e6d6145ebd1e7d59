package import FoundationEssentials

/// Which stored messages are asked for; what is `nil` does not matter.
package struct MessageQuery: Hashable, Sendable {
    /// The flow that accepted them.
    package var flow: FlowID?
    /// Where they stand.
    package var status: MessageStatus?
    /// The sender's name for them (`wsa:MessageID`), or the store's.
    package var id: String?
    /// Accepted at this moment or later.
    package var acceptedFrom: Date?
    /// Accepted before this moment.
    package var acceptedBefore: Date?
    /// How many at the most.
    package var limit: Int

    /// The latest `limit` messages, unless the other properties say more.
    package init(limit: Int = 100) { self.limit = limit }
}
