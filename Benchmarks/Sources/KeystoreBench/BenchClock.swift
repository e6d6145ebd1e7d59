import Foundation
import Synchronization
import Timekeeping

/// A clock that the benchmark sets.
final class BenchClock: WallClock {
    private let moment = Mutex(Date(timeIntervalSince1970: 1_800_000_000))

    var now: Date { moment.withLock { $0 } }

    func advance(by seconds: TimeInterval) { moment.withLock { $0 += seconds } }
}
