package import FoundationEssentials

/// Tells the time of day.
///
/// Code that decides takes a `Date`; shells ask a clock for it.
package protocol WallClock: Sendable {
    /// The moment that it is.
    var now: Date { get }
}
