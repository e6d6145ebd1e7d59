import FoundationEssentials
import Keystore

/// What the ledger has in memory: counters that are not written yet, and how many operations are under way.
struct LedgerState {
    /// One kind of operation that is, or lately was, under way.
    private struct Open {
        var count = 0
        /// Whether the store has its row.
        var isWritten = false
        /// The count in the row.
        var writtenCount = 0
        /// Regular flushes since it was last used.
        var idleFlushes = 0
    }

    private var counters: [KeyUse.Account: Tally] = [:]
    private var events: [FlowAccount: Tally] = [:]
    private var open: [OpenOperation: Open] = [:]

    mutating func record(_ use: KeyUse) {
        counters[use.account, default: Tally(at: use.at, count: 0)].add(Tally(at: use.at))
    }

    mutating func count(_ event: FlowAccount, at moment: Date) {
        events[event, default: Tally(at: moment, count: 0)].add(Tally(at: moment))
    }

    /// Counts the operations as under way; returns those whose row is not in the store yet.
    mutating func begin(_ operations: [OpenOperation]) -> [OpenOperation] {
        for operation in operations {
            open[operation, default: Open()].count += 1
            open[operation]?.idleFlushes = 0
        }
        return operations.filter { open[$0]?.isWritten != true }
    }

    mutating func end(_ operations: [OpenOperation]) {
        for operation in operations {
            open[operation]?.count -= 1
        }
    }

    /// The rows of these operations are in the store.
    mutating func written(_ leases: [OpenOperationLease]) {
        for lease in leases {
            open[lease.operation]?.isWritten = true
            open[lease.operation]?.writtenCount = lease.count
        }
    }

    /// Takes what has to be written, and gives up rows of operations that ended.
    mutating func takeBatch(releasing release: Release, holder: String) -> LedgerBatch {
        var batch = LedgerBatch(counters: counters, events: events)
        counters = [:]
        events = [:]
        for (operation, entry) in open {
            if entry.count == 0, release.includes(idleFlushes: entry.idleFlushes) {
                if entry.isWritten { batch.released.append(operation) }
                open[operation] = nil
            } else if entry.isWritten, entry.count != entry.writtenCount {
                batch.changed.append(OpenOperationLease(operation: operation, holder: holder, count: entry.count))
            }
            if release == .idle { open[operation]?.idleFlushes += 1 }
        }
        return batch
    }

    /// Takes a batch back that could not be written.
    mutating func restore(_ batch: LedgerBatch) {
        counters.merge(batch.counters) { Self.sum($0, $1) }
        events.merge(batch.events) { Self.sum($0, $1) }
        for operation in batch.released {
            open[operation, default: Open()].isWritten = true
        }
    }

    private static func sum(_ one: Tally, _ other: Tally) -> Tally {
        var sum = one
        sum.add(other)
        return sum
    }
}

extension Tally {
    fileprivate init(at moment: Date, count: Int) {
        self.init(count: count, firstAt: moment, lastAt: moment)
    }
}

/// Which rows of operations that ended are given up.
enum Release: Comparable {
    case none
    /// Those that have not been used for a while: rows that stay spare a write per message while messages keep coming.
    case idle
    case all

    private static let idleFlushLimit = 10

    func includes(idleFlushes: Int) -> Bool {
        switch self {
        case .none: false
        case .idle: idleFlushes >= Self.idleFlushLimit
        case .all: true
        }
    }
}

/// What one commit writes to the ledger.
struct LedgerBatch {
    var counters: [KeyUse.Account: Tally]
    var events: [FlowAccount: Tally]
    var released: [OpenOperation] = []
    var changed: [OpenOperationLease] = []

    var isEmpty: Bool { counters.isEmpty && events.isEmpty && released.isEmpty && changed.isEmpty }

    func write(to transaction: any MessagingTransaction, holder: String) throws {
        for operation in released { try transaction.removeLease(operation, holder: holder) }
        for lease in changed { try transaction.writeLease(lease) }
        try transaction.add(counters.map { KeyUseCounter(account: $0.key, tally: $0.value) })
        try transaction.add(events)
    }
}
