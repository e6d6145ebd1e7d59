import FoundationEssentials
import Logging
import Synchronization

/// Notices a clock that was set back: moments planned by the old clock would otherwise be waited for.
final class ClockWatch: Sendable {
    private let context: RuntimeContext
    private let latest = Mutex<Date?>(nil)

    init(context: RuntimeContext) {
        self.context = context
    }

    /// Makes messages due at once that wait for a moment of a clock that was ahead; most calls do nothing.
    func follow() async throws {
        let now = context.now
        guard let moment = latest.withLock({ Self.unplannedMoment(now: now, after: $0) }) else {
            return latest.withLock { $0 = now }
        }
        let count = try await context.store.write { try $0.hastenMessages(dueAfter: moment, to: now) }
        latest.withLock { $0 = now }
        guard count > 0 else { return }
        context.logger.warning("the clock was set back: messages are tried at once", metadata: ["messages": "\(count)"])
    }

    /// The moment after which no message can be due by this clock; `nil` when the clock went on since `former`.
    private static func unplannedMoment(now: Date, after former: Date?) -> Date? {
        // At the start the former clock is not known, but the longest pause that a receiver may ask for is.
        guard let former else { return now.addingTimeInterval(longestPause) }
        return now < former.addingTimeInterval(-tolerance) ? now : nil
    }

    private static let longestPause: Double = 3600
    private static let tolerance: Double = 1
}
