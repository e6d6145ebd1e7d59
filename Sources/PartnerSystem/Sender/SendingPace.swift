/// The bounds of a sender's work.
struct SendingPace: Sendable {
    /// The most messages of one target that are begun and not ended.
    var inFlight = 64
    /// The least pause before a refused message is sent again.
    var leastPause = Duration.milliseconds(100)
    /// The greatest one, whatever `Retry-After` asks.
    var greatestPause = Duration.seconds(1)

    init() {}

    func pause(retryAfter: Duration?) -> Duration {
        min(max(retryAfter ?? leastPause, leastPause), greatestPause)
    }
}
