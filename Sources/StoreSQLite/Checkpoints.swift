import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// Copies the write-ahead log into the file, in two passes, so that no commit waits for long.
///
/// The first pass copies what the log has, on a connection of its own while commits go on. What they have added meanwhile is
/// little, and copied between two of them: then the log is empty, and begins anew. (A single pass between two commits holds
/// them up for as long as it takes; a single pass beside them never comes to an end of the log.)
final class Checkpoints: Sendable {
    private enum Phase {
        case waiting
        case copying
        case copied
    }

    private struct State {
        var phase = Phase.waiting
        /// At how many pages of the log the next first pass begins.
        var startAt: Int
        var pageCount = 0
    }

    private let queue = DispatchQueue(label: "store.checkpoint")
    private let copier: DatabaseQueue
    private let logSize = LogSize()
    private let pageLimit: Int
    private let state: Mutex<State>

    /// Checkpoints of the file at `path`, which `pool` writes, whenever its log has `pageLimit` pages.
    init(path: String, of pool: DatabasePool, pageLimit: Int) throws {
        var configuration = Configuration()
        configuration.label = "store.checkpoint"
        configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
        copier = try DatabaseQueue(path: path, configuration: configuration)
        self.pageLimit = pageLimit
        state = Mutex(State(startAt: pageLimit))
        pool.writeWithoutTransaction { logSize.follow($0) }
    }

    /// How many pages the log had after the last commit.
    var pageCount: Int { logSize.pageCount.load(ordering: .relaxed) }

    /// Begins or ends a checkpoint where that is due; for the thread that commits, between two commits.
    func proceed(_ pool: DatabasePool) {
        let pages = pageCount
        switch state.withLock({ Self.step(&$0, pages, pageLimit) }) {
        case .copying:
            queue.async { [self] in
                let isDone = (try? copier.writeWithoutTransaction { try $0.checkpoint(.passive) }) != nil
                state.withLock { state in
                    state.phase = isDone ? .copied : .waiting
                    // A full disk may have room at the next commit.
                    if !isDone { state.startAt = pageLimit }
                }
            }
        case .copied: _ = try? pool.writeWithoutTransaction { try $0.checkpoint(.passive) }
        case .waiting: break
        }
    }

    /// Ends what is under way.
    func close() throws {
        queue.sync {}
        try copier.close()
    }

    /// What is to be done now.
    private static func step(_ state: inout State, _ pages: Int, _ limit: Int) -> Phase {
        // The log began anew.
        if pages < state.pageCount { state.startAt = limit }
        state.pageCount = pages
        switch state.phase {
        case .waiting where pages >= state.startAt:
            state.phase = .copying
            // A reader may keep the log from beginning anew: the next try is not made at every commit.
            state.startAt = pages + limit
            return .copying
        case .copied:
            state.phase = .waiting
            return .copied
        case .waiting, .copying: return .waiting
        }
    }
}

/// The size of the log after the last commit of a connection.
private final class LogSize: Sendable {
    let pageCount = Atomic<Int>(0)

    /// Follows the commits of `database`, which must not outlive this; SQLite makes no checkpoints by itself then.
    func follow(_ database: Database) {
        let report: @convention(c) (UnsafeMutableRawPointer?, OpaquePointer?, UnsafePointer<CChar>?, Int32) -> Int32 = {
            size,
            _,
            _,
            pages in
            guard let size else { return SQLITE_OK }
            Unmanaged<LogSize>.fromOpaque(size).takeUnretainedValue().pageCount.store(Int(pages), ordering: .relaxed)
            return SQLITE_OK
        }
        sqlite3_wal_hook(database.sqliteConnection, report, Unmanaged.passUnretained(self).toOpaque())
    }
}
