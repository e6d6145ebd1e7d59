import Dispatch
import GRDB

/// Runs write transactions one after the other on a thread of its own, so that waiting for the disk blocks no other
/// task.
///
/// A transaction is carried through even when the task that asked for it is cancelled: whoever hears of its end can
/// rely on it, and a caller's closed connection never undoes what others wait for.
actor SQLiteWriter {
    private nonisolated let executor = QueueExecutor(label: "store.writer")
    private let pool: DatabasePool
    private let checkpoints: Checkpoints

    init(pool: DatabasePool, checkpoints: Checkpoints) {
        (self.pool, self.checkpoints) = (pool, checkpoints)
    }

    nonisolated var unownedExecutor: UnownedSerialExecutor { executor.asUnownedSerialExecutor() }

    /// Runs `body` in a transaction that commits when it returns and is undone when it throws.
    func write<Result: Sendable>(_ body: @Sendable (SQLiteTransaction) throws -> Result) throws -> Result {
        defer { checkpoints.proceed(pool) }
        return try pool.write { try body(SQLiteTransaction(database: $0)) }
    }
}

/// A serial executor on a dispatch queue.
private final class QueueExecutor: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) {
        queue = DispatchQueue(label: label)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
