import FoundationEssentials
import Synchronization

/// The message log of this process: gathers records in memory and writes several in one commit.
///
/// No exchange waits for it but for the commit that is under way, which has few records. A kill loses at most the records
/// of the last second, a store that takes no writes those that find no room; the latter are counted.
final class ExchangeLog: Sendable {
    private struct State {
        var records: [ExchangeRecord] = []
        var droppedCount = 0
        var flushAt: ContinuousClock.Instant?
        var pruneAt: Date?
    }

    private let state = Mutex(State())
    private let store: any MessagingStore
    private let retention: LogRetention

    init(store: any MessagingStore, retention: LogRetention) {
        self.store = store
        self.retention = retention
    }

    /// How many records found no room since the process began.
    var droppedCount: Int { state.withLock { $0.droppedCount } }

    /// Takes a record; it is written soon.
    func append(_ record: ExchangeRecord) {
        guard retention.rowLimit > 0 else { return }
        state.withLock { state in
            guard state.records.count < Self.capacity else {
                state.droppedCount += 1
                return
            }
            state.records.append(record)
        }
    }

    /// Writes what there is, when the last write is long enough ago or there is much.
    func flushRegularly() async throws {
        let now = ContinuousClock.now
        let isDue = state.withLock { state in
            guard state.records.count >= Self.piece || state.flushAt.map({ now >= $0 }) ?? true else { return false }
            state.flushAt = now + Self.pause
            return true
        }
        if isDue { try await flush() }
    }

    /// Writes everything that was taken before the call.
    func flush() async throws {
        while true {
            let records = state.withLock { state in
                let records = Array(state.records.prefix(Self.piece))
                state.records.removeFirst(records.count)
                return records
            }
            guard !records.isEmpty else { return }
            do {
                try await store.write { try $0.log(records) }
            } catch {
                state.withLock { $0.records.insert(contentsOf: records, at: 0) }
                throw error
            }
        }
    }

    /// Removes what is kept no longer, a few records at a time; most calls do nothing.
    func pruneRegularly(at now: Date) async throws {
        let isDue = state.withLock { state in
            guard state.pruneAt.map({ now >= $0 }) ?? true else { return false }
            state.pruneAt = now.addingTimeInterval(Self.prunePause)
            return true
        }
        guard isDue else { return }
        let (moment, rowLimit) = (now.addingTimeInterval(-retention.age.seconds), retention.rowLimit)
        while try await store.write({ transaction in
            try transaction.pruneLog(startedBefore: moment, rowLimit: rowLimit, limit: Self.pruned)
        }) == Self.pruned {}
    }

    private static let capacity = 50_000
    private static let piece = 32
    private static let pruned = 100
    private static let pause = Duration.milliseconds(500)
    private static let prunePause: Double = 60
}

/// How much of the message log is kept.
package struct LogRetention: Hashable, Sendable {
    /// How long.
    package var age: Duration = .seconds(30 * 86_400)
    /// How many records at the most; 0 switches the log off.
    package var rowLimit = 1_000_000

    package init() {}
}

extension TenantRuntime {
    /// The records of the message log that `query` asks for, the latest first, up to this moment.
    package func exchanges(matching query: ExchangeQuery) async throws -> [LoggedExchange] {
        try await log.flush()
        return try await context.store.read { try $0.exchanges(matching: query) }
    }
}
