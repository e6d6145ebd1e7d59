package import Keystore

/// The key-use ledger: counters, and operations under way.
package protocol LedgerTransaction {
    /// Adds counters to the ledger.
    func add(_ counters: [KeyUseCounter]) throws

    /// Every row of the ledger, or those of one alias.
    func keyUseCounters(of alias: KeyAlias?) throws -> [KeyUseCounter]

    /// The first `limit` rows of the ledger, by alias and version, of versions that are not destroyed.
    func keyUseCounters(limit: Int) throws -> [KeyUseCounter]

    /// Adds to the flows' counters.
    func add(_ events: [FlowAccount: Tally]) throws

    /// One flow's counters.
    func flowEvents(of flow: FlowID) throws -> [FlowAccount: Tally]

    /// The flows' counters.
    func flowEvents() throws -> [FlowAccount: Tally]

    /// Writes the row of an operation, with the count that it has now.
    func writeLease(_ lease: OpenOperationLease) throws

    /// Removes the row of an operation.
    func removeLease(_ operation: OpenOperation, holder: String) throws

    /// Removes every row of a process that is no more.
    func removeLeases(holder: String) throws

    /// Every row.
    func leases() throws -> [OpenOperationLease]
}
