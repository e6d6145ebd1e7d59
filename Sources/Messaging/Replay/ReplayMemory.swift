import FoundationEssentials
import Keystore
import Synchronization
import WSSecurity

/// The tenant's durable memory of accepted messages: what was accepted is known again after a restart or a kill, until
/// its timestamp no longer lets it in.
final class ReplayMemory: Sendable {
    private let context: RuntimeContext
    private let nextAt = Mutex<Date?>(nil)

    init(context: RuntimeContext) { self.context = context }

    /// Remembers a message that is passed on at once; when this returns `recorded`, that is durable.
    ///
    /// Throws what the store throws; the message must not be passed on then.
    func admit(_ entry: ReplayEntry) async throws -> ReplayVerdict {
        let capacity = context.configuration.replayCapacity
        return try await context.commits.write { transaction in
            if try transaction.replayEntry(of: entry.marks) != nil { return .repeated }
            guard try transaction.replayMarkCount(of: entry.flow) + entry.marks.count <= capacity else { return .full }
            try transaction.insert(entry)
            return .recorded
        }
    }

    /// Forgets a message of which nothing came: its sender is asked to send the same again.
    func withdraw(_ entry: ReplayEntry) async throws {
        try await context.commits.write { try $0.removeReplayMarks(entry.marks) }
    }

    /// Forgets what no timestamp lets in any more, a few at a time so that no transaction is long.
    func forgetRegularly() async throws {
        let now = context.now
        let isDue = nextAt.withLock { next in
            guard next.map({ now >= $0 }) ?? true else { return false }
            next = now.addingTimeInterval(Self.pause)
            return true
        }
        guard isDue else { return }
        // A clock that is set back a little must not let anything in again.
        let moment = now.addingTimeInterval(-Self.grace)
        while try await context.commits.write({ try $0.forgetReplayMarks(expiredBefore: moment, limit: Self.batch) })
            == Self.batch
        {}
    }

    private static let pause: Double = 5
    private static let grace: Double = 60
    private static let batch = 1000
}
