import FoundationEssentials
import Keystore
import Synchronization

/// The key-use ledger of this process: counters of every use of a key version, and what is under way.
///
/// **Counters** are gathered in memory and written together, every 100 ms at the latest and by ``flush()`` before a
/// guard asks. A kill loses at most the last 100 ms of them; the guards' waits are minutes.
///
/// **Operations under way** must be exact: a guard that is evaluated in a store transaction may never miss one that
/// began before. A row per message would cost a write per message, so there is a row per *kind* of operation (flow,
/// channel, key version, purpose), and it stands for one operation or more:
///
/// - The row is durable before the first operation of its kind protects anything. The transaction that writes it checks
///   that the version is still active. So an exchange that was committed before makes the operation choose again,
///   and one that is committed later has guards that find the row.
/// - While the row stands, further operations of its kind are counted in memory alone.
/// - The row is removed only when none is under way, in the same sequence of commits that writes rows: an operation
///   that begins meanwhile waits for its new row.
///
/// The row's count is that of the last flush and may be behind; that it stands is exact, and guards take 0 for 1. What
/// a former process had under way ended with it; its rows are removed at the start.
final class KeyUseLedger: Sendable {
    private enum Request: Sendable {
        case lease([OpenOperation], ProbePermit?)
        case flush(Release)

        var operations: [OpenOperation] {
            if case .lease(let operations, _) = self { operations } else { [] }
        }

        var permit: ProbePermit? {
            if case .lease(_, let permit) = self { permit } else { nil }
        }

        var release: Release {
            if case .flush(let release) = self { release } else { .none }
        }
    }

    private let book = Book()
    private let commits: GroupCommit<Request, Bool>

    /// A ledger of the process `holder`, whose former rows must have been removed.
    init(store: any MessagingStore, holder: String) {
        commits = GroupCommit { [book] requests in
            try await Self.commit(requests, of: book, to: store, holder: holder)
        }
    }

    /// Counts one use.
    func record(_ use: KeyUse) {
        book.state.withLock { $0.record(use) }
    }

    /// Counts what happened to a message.
    func count(_ event: FlowEvent, on flow: FlowID, at moment: Date) {
        book.state.withLock { $0.count(FlowAccount(flow: flow, event: event), at: moment) }
    }

    /// Begins operations; each must be ended by ``end(_:)``.
    ///
    /// Returns false, and nothing is begun, when one of the versions is no longer active in the store (nor on trial by
    /// `permit`): the caller has an old snapshot and must choose again.
    func begin(_ operations: [OpenOperation], permit: ProbePermit? = nil) async throws -> Bool {
        let unwritten = book.state.withLock { $0.begin(operations) }
        guard !unwritten.isEmpty else { return true }
        do {
            if try await commits.submit(.lease(unwritten, permit)) { return true }
        } catch {
            end(operations)
            throw error
        }
        end(operations)
        return false
    }

    /// Ends what was begun.
    func end(_ operations: [OpenOperation]) {
        book.state.withLock { $0.end(operations) }
    }

    /// Writes everything that was recorded before the call, and removes the rows of all that has ended.
    func flush() async throws {
        _ = try await commits.submit(.flush(.all))
    }

    /// The regular write: rows of operations that are likely to be begun again stay for a second.
    func flushRegularly() async throws {
        _ = try await commits.submit(.flush(.idle))
    }

    private final class Book: Sendable {
        let state = Mutex(LedgerState())
    }

    private static func commit(
        _ requests: [Request],
        of book: Book,
        to store: any MessagingStore,
        holder: String
    ) async throws -> [Bool] {
        let release = requests.map(\.release).max() ?? .none
        let batch = book.state.withLock { $0.takeBatch(releasing: release, holder: holder) }
        guard !batch.isEmpty || requests.contains(where: { !$0.operations.isEmpty }) else {
            return requests.map { _ in true }
        }
        do {
            let granted = try await store.write { transaction in
                try batch.write(to: transaction, holder: holder)
                return try requests.map { try Self.lease($0, in: transaction, holder: holder) }
            }
            book.state.withLock { state in
                state.written(batch.changed)
                for leases in granted { state.written(leases ?? []) }
            }
            return granted.map { $0 != nil }
        } catch {
            book.state.withLock { $0.restore(batch) }
            throw error
        }
    }

    /// Writes the rows of `operations`, or none (`nil`) when one of the versions must not protect any more.
    private static func lease(
        _ request: Request,
        in transaction: any MessagingTransaction,
        holder: String
    ) throws -> [OpenOperationLease]? {
        for case let protection? in request.operations.map(\.protection) {
            // The key may have been renamed since the version was chosen.
            guard let version = try transaction.presentVersion(protection.version) else { return nil }
            if request.permit?.allows(protection.version, in: version.state) == true { continue }
            guard try transaction.protects(version.id, for: protection.partner) else { return nil }
        }
        let leases = request.operations.map { OpenOperationLease(operation: $0, holder: holder, count: 1) }
        for lease in leases { try transaction.writeLease(lease) }
        return leases
    }
}
