/// A store that runs the runtime's transactions.
package protocol MessagingStore: Sendable {
    /// Runs `body` in one transaction that commits when it returns and leaves nothing behind when it throws. A
    /// transaction that was begun is carried through even when the calling task is cancelled.
    func write<Result: Sendable>(
        _ body: @Sendable (any MessagingTransaction) throws -> Result
    ) async throws -> Result

    /// What room is left for the store's file; `nil` when that is not known.
    func space() throws -> StoreSpace?

    /// Runs `body` on one consistent state.
    func read<Result: Sendable>(
        _ body: @Sendable (any MessagingTransaction) throws -> Result
    ) async throws -> Result
}
