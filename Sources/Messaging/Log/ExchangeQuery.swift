package import FoundationEssentials
package import Keystore

/// Which records of the message log are asked for; what is `nil` does not matter.
package struct ExchangeQuery: Hashable, Sendable {
    /// The flow.
    package var flow: FlowID?
    /// What became of the exchange.
    package var status: ExchangeRecord.Status?
    /// Our name of the exchange, the message's own (`wsa:MessageID`), or the trace's.
    package var id: String?
    /// Begun at this moment or later.
    package var since: Date?
    /// Begun before this moment.
    package var until: Date?
    /// A key of which some version was used.
    package var alias: KeyAlias?
    /// With ``alias``, the version that was used.
    package var version: Int?
    /// Records before this place of the log: where the former page ended.
    package var before: Int?
    /// How many at the most.
    package var limit: Int

    /// The latest `limit` records, unless the other properties say more.
    package init(limit: Int = 100) { self.limit = limit }
}

/// A record with its place in the log.
package struct LoggedExchange: Hashable, Sendable {
    /// The place: later records have greater ones.
    package let sequence: Int
    /// The record.
    package let record: ExchangeRecord

    package init(sequence: Int, record: ExchangeRecord) {
        self.sequence = sequence
        self.record = record
    }
}
