package import FoundationEssentials

/// The message log, and the proof that the store takes writes.
package protocol OperationTransaction {
    /// Writes something that reaches the disk: the proof that the store takes writes.
    func writeHeartbeat(at now: Date) throws

    /// Adds records to the message log.
    func log(_ records: [ExchangeRecord]) throws

    /// The records of the message log that `query` asks for, the latest first.
    func exchanges(matching query: ExchangeQuery) throws -> [LoggedExchange]

    /// Removes up to `limit` records that began before `moment` or are not among the latest `rowLimit`; returns how many.
    func pruneLog(startedBefore moment: Date, rowLimit: Int, limit: Int) throws -> Int
}
