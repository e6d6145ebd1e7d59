package import FoundationEssentials
package import Keystore

/// What a renewal needs from one store transaction, besides the keystore's own operations.
///
/// A decision, the key state it changes and the notifications it causes are written through one value of this type, and
/// the facts that the decision rests on are read through the same one.
package protocol RenewalTransaction: KeystoreTransaction, InformTransaction {
    /// Appends one entry; `(renewal, sequence)` is unique, and a second entry with the same pair is an error.
    func appendJournal(_ entry: JournalEntry) throws

    /// The entries of one renewal in sequence; empty when there is none of that name.
    func journal(of renewal: RenewalID) throws -> [JournalEntry]

    /// Every renewal that has a journal, in the order in which they were planned.
    func renewals() throws -> [RenewalID]

    /// Writes where a renewal stands; its journal has begun.
    func save(_ standing: RenewalStanding) throws

    /// The renewals that meet the query, in the order in which they were planned; reads none of their journals.
    func renewals(_ query: RenewalQuery) throws -> [RenewalStanding]

    /// How often each alert was raised, over all standings.
    func alertCounts() throws -> [RenewalAlert: Int]

    /// At most `limit` renewals that the scheduler has to look at, those whose moment came first first.
    ///
    /// Due are those whose moment is not after `now`, those whose alias the ledger counted a use of while they watch
    /// for that, and those whose moment is after `horizon`, which only a clock that was set back leaves behind.
    func dueRenewals(at now: Date, horizon: Date, limit: Int) throws -> [RenewalID]

    /// Stores a notification that is not there yet.
    func insertNotification(_ notification: RenewalNotification) throws

    /// Writes the acknowledgement of a stored notification.
    func updateNotification(_ notification: RenewalNotification) throws

    /// One notification.
    func notification(_ id: RenewalNotification.ID) throws -> RenewalNotification?

    /// What was written to one role of one organisation, oldest first, acknowledged or not.
    func notifications(to addressee: Party) throws -> [RenewalNotification]

    /// Adds an entry to the capability registry; `record(_:)` audits it too.
    func appendCapability(_ record: CapabilityRecord) throws

    /// The capability registry's entries, of one partner or of all, oldest first.
    func capabilities(of partner: PartnerID?) throws -> [CapabilityRecord]

    /// What the key-use ledger counted.
    func keyUse(_ query: KeyUseQuery) throws -> KeyUseTally

    /// Operations under way that were begun with this version and have not ended.
    func openOperations(with version: KeyVersionID) throws -> Int

    /// Operations under way on these flows that were begun with this version and have not ended.
    func openOperations(with version: KeyVersionID, on flows: [String]) throws -> Int

    /// Operations under way on this flow, whatever key they use.
    func openOperations(on flow: String) throws -> Int

    /// Stored messages that are already protected with this version (late-bound ones refer to none).
    func storedMessages(protectedWith version: KeyVersionID) throws -> Int

    /// Accepted messages of the flow that wait for delivery.
    func undeliveredMessages(of flow: String) throws -> Int

    /// When the last message arrived on the flow from its sender, accepted or not; `nil` when none ever did.
    func lastInboundArrival(on flow: String) throws -> Date?

    /// Whether the flow is to serve messages, by the store.
    func isDeployed(_ flow: String) throws -> Bool
}

/// A store that runs renewals' transactions.
package protocol RenewalStore: Sendable {
    /// Runs `body` in one transaction that commits when it returns and leaves nothing behind when it throws.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result

    /// Runs `body` on one consistent state.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result
}

/// Which uses of a key version to count.
package struct KeyUseQuery: Hashable, Sendable {
    /// The version that was used.
    package var version: KeyVersionID
    /// What for; `nil` for any purpose.
    package var purpose: KeyUsage.Purpose?
    /// With whom; `nil` for any partner.
    package var partner: PartnerID?
    /// On which flow; `nil` for any flow.
    package var flow: String?

    package init(
        version: KeyVersionID,
        purpose: KeyUsage.Purpose? = nil,
        partner: PartnerID? = nil,
        flow: String? = nil
    ) {
        self.version = version
        self.purpose = purpose
        self.partner = partner
        self.flow = flow
    }
}

/// What the ledger counted for a query: all uses ever recorded, apart by outcome.
package struct KeyUseTally: Hashable, Sendable {
    /// Uses that did what they should: a message verified or decrypted, or protected and taken without security fault.
    package var succeeded: Int
    /// Uses that failed in a way that concerns the key: not verified, not decrypted, or answered by a security fault.
    package var failed: Int
    /// The first use of any outcome; `nil` when there is none.
    package var firstAt: Date?
    /// The last use of any outcome; `nil` when there is none.
    package var lastAt: Date?
    /// The last use that did what it should; `nil` when there is none.
    package var lastSucceededAt: Date?

    package init(
        succeeded: Int = 0,
        failed: Int = 0,
        firstAt: Date? = nil,
        lastAt: Date? = nil,
        lastSucceededAt: Date? = nil
    ) {
        self.succeeded = succeeded
        self.failed = failed
        self.firstAt = firstAt
        self.lastAt = lastAt
        self.lastSucceededAt = lastSucceededAt
    }

    /// Adds another query's tally to this one.
    package mutating func add(_ other: KeyUseTally) {
        succeeded += other.succeeded
        failed += other.failed
        firstAt = [firstAt, other.firstAt].compactMap(\.self).min()
        lastAt = [lastAt, other.lastAt].compactMap(\.self).max()
        lastSucceededAt = [lastSucceededAt, other.lastSucceededAt].compactMap(\.self).max()
    }
}
