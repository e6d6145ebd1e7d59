import Foundation

/// A moment by two clocks: the partner's wall clock, which a rehearsal may put forward, and the one that always runs at its pace.
struct Moment: Sendable {
    var date: Date
    var instant: ContinuousClock.Instant

    /// Seconds that really passed since `earlier`.
    func seconds(since earlier: Moment) -> Double {
        (instant - earlier.instant) / .seconds(1)
    }
}
