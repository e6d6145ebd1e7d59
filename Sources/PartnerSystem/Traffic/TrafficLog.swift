import Synchronization
import Timekeeping

/// The traffic record of a running partner system, shared by its tasks.
final class TrafficLog: Sendable {
    private let record = Mutex(TrafficRecord())
    private let clock: any WallClock

    init(clock: any WallClock) {
        self.clock = clock
    }

    /// The present by both clocks.
    var now: Moment { Moment(date: clock.now, instant: .now) }

    /// Notes an event, or reads what was noted.
    @discardableResult
    func note<Result: Sendable>(_ event: (inout TrafficRecord, Moment) -> Result) -> Result {
        let now = now
        return record.withLock { event(&$0, now) }
    }
}
