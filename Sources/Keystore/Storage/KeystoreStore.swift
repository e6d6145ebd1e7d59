/// A store of keys: runs transactions.
package protocol KeystoreStore: Sendable {
    /// Runs `body` in a transaction that sees every earlier one, and commits it unless `body` throws.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any KeystoreTransaction) throws -> Result
    ) async throws -> Result

    /// Runs `body` on one consistent state; what it writes is refused.
    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any KeystoreTransaction) throws -> Result
    ) async throws -> Result
}
