/// The bounds of a sender's work.
package struct SendingPace: Sendable {
    /// The most messages of one target that are begun and not ended.
    package var inFlight = 64
    /// The least pause before a refused message is sent again.
    package var leastPause = Duration.milliseconds(100)
    /// The greatest one, whatever `Retry-After` asks.
    package var greatestPause = Duration.seconds(1)

    package init() {}

    func pause(retryAfter: Duration?) -> Duration {
        min(max(retryAfter ?? leastPause, leastPause), greatestPause)
    }
}
