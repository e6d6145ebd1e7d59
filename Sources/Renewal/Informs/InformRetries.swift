/// How often and how long a delivery is tried.
package struct InformRetries: Hashable, Sendable {
    /// The pause after the first attempt; it doubles with each.
    package var firstPause = Duration.seconds(30)
    /// The longest pause.
    package var longestPause = Duration.seconds(3_600)
    /// After this time an attempt that fails is the last.
    package var patience = Duration.seconds(2 * 86_400)

    /// The defaults: 30 s, doubling up to an hour, for two days.
    package init() {}

    /// The pause after so many attempts.
    package func pause(after attempts: Int) -> Duration {
        let doublings = min(max(attempts - 1, 0), 20)
        return min(firstPause * (1 << doublings), longestPause)
    }
}
