import Synchronization

/// The commits that messages wait for: whatever comes while one is under way goes together into the next, so that many
/// messages share one wait for the disk.
final class SharedCommits: Sendable {
    private typealias Write = @Sendable (any MessagingTransaction) throws -> Void

    private let commits: GroupCommit<Write, Void>

    init(store: any MessagingStore) {
        commits = GroupCommit { writes in
            try await store.write { transaction in try writes.map { try $0(transaction) } }
        }
    }

    /// Runs `body` in the next transaction, with those of others; returns when it is durable.
    ///
    /// Throws what `body` or another one in the same transaction throws; nothing was changed then.
    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any MessagingTransaction) throws -> Result
    ) async throws -> Result {
        let box = Box<Result>()
        try await commits.submit { transaction in
            let result = try body(transaction)
            box.result.withLock { $0 = result }
        }
        guard let result = box.result.withLock({ $0 }) else { throw CancellationError() }
        return result
    }

    private final class Box<Result: Sendable>: Sendable {
        let result = Mutex<Result?>(nil)
    }
}
