import FoundationEssentials
import Synchronization

/// Forgets messages that ended long ago, a few at a time so that no transaction is long.
final class MessageMemory: Sendable {
    private let context: RuntimeContext
    private let nextAt: Mutex<Date?>

    init(context: RuntimeContext) {
        self.context = context
        nextAt = Mutex(nil)
    }

    /// Forgets what is due; most calls do nothing.
    func forgetRegularly() async throws {
        let now = context.now
        let isDue = nextAt.withLock { next in
            guard next.map({ now >= $0 }) ?? true else { return false }
            next = now.addingTimeInterval(Self.pause)
            return true
        }
        guard isDue else { return }
        let moment = now.addingTimeInterval(-context.configuration.messageMemory.seconds)
        while try await context.store.write({ try $0.forgetMessages(endedBefore: moment, limit: Self.batch) })
            == Self.batch
        {}
    }

    private static let pause: Double = 3600
    private static let batch = 1000
}
