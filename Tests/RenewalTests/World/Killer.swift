import Renewal
import StoreSQLite
import Synchronization

/// A store whose process is killed again and again: before a commit, or right after it.
final class Killer: RenewalStore {
    struct Killed: Error {}

    private let store: SQLiteStore
    private let writes: Mutex<Int>

    /// `offset` shifts which write is killed how.
    init(_ store: SQLiteStore, offset: Int) {
        self.store = store
        writes = Mutex(offset)
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        let turn = writes.withLock { count in
            count += 1
            return count % 3
        }
        let result = try await store.write { (transaction: any RenewalTransaction) in
            let result = try body(transaction)
            if turn == 1 { throw Killed() }
            return result
        }
        if turn == 2 { throw Killed() }
        return result
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any RenewalTransaction) throws -> Result
    ) async throws -> Result {
        try await store.read(body)
    }
}
