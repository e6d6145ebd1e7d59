package import Foundation
import Synchronization
import Timekeeping

/// A clock that stands still until it is set or moved.
package final class SimulatedClock: WallClock {
    private let moment: Mutex<Date>

    /// Stands at `now`, unless told otherwise at 2027-01-01T00:00:00Z.
    package init(now: Date = Date(timeIntervalSince1970: 1_798_761_600)) {
        moment = Mutex(now)
    }

    package var now: Date { moment.withLock { $0 } }

    /// Sets the clock to `moment`.
    package func set(to moment: Date) {
        self.moment.withLock { $0 = moment }
    }

    /// Moves the clock on, or back when `duration` is negative.
    package func advance(by duration: Duration) {
        let (seconds, attoseconds) = duration.components
        moment.withLock { $0 += Double(seconds) + Double(attoseconds) * 1e-18 }
    }
}
