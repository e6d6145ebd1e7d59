import FoundationEssentials

/// What a hold is expected to store, and whether there is room for it.
package struct HoldForecast: Hashable, Sendable {
    /// The flow.
    package let flow: FlowID
    /// How long the hold is to last.
    package let window: Duration
    /// The messages that are expected, at the rate of the busiest hour of the last week.
    package let messageCount: Int
    /// The room that they take in the store.
    package let octetCount: Int
    /// The room that is left, less what is kept free; `nil` when that is not known.
    package let freeOctetCount: Int?

    /// Whether there is room; true when the room is not known.
    package var fits: Bool { freeOctetCount.map { octetCount <= $0 } ?? true }

    /// From what was stored in the hours before `now`; the present hour counts as if it went on like its beginning.
    init(
        flow: FlowID,
        window: Duration,
        intake: [HourlyIntake],
        now: Date,
        space: StoreSpace?,
        reservedOctetCount: Int?
    ) {
        self.flow = flow
        self.window = window
        let rates = intake.map { hour in
            let length = min(max(now.timeIntervalSince(hour.hour), Self.shortest), Self.hour)
            return (messages: Double(hour.messageCount) / length, octets: Double(hour.octetCount) / length)
        }
        messageCount = Self.whole((rates.map(\.messages).max() ?? 0) * window.seconds)
        let stored = (rates.map(\.octets).max() ?? 0) * window.seconds * Self.growth
        octetCount = Self.whole(stored + Double(messageCount) * Self.rowOctetCount)
        freeOctetCount = space.map {
            max($0.freeOctetCount + $0.reusableOctetCount - $0.reserve(reservedOctetCount), 0)
        }
    }

    private static func whole(_ number: Double) -> Int { Int(min(number.rounded(.up), 1e18)) }

    private static let hour: Double = 3600
    /// An hour that has just begun says little.
    private static let shortest: Double = 60
    /// Partly filled pages, and the write-ahead log.
    private static let growth = 1.3
    /// Row, indexes and the marks against replay.
    private static let rowOctetCount: Double = 1024
}
