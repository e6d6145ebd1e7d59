/// What a hold is expected to store (`GET /flows/{id}/hold?for=SECONDS`).
package struct HoldForecastResource: Codable, Sendable, Hashable {
    /// The flow's name.
    package var flow: String
    /// How long the hold is to last.
    package var seconds: Int
    /// The messages that are expected, at the rate of the busiest hour of the last week.
    package var messages: Int
    /// The room that they take in the store.
    package var octets: Int
    /// The room that is left, less what is kept free; `nil` when that is not known.
    package var freeOctets: Int?
    /// Whether there is room.
    package var fits: Bool

    /// A forecast.
    package init(flow: String, seconds: Int, messages: Int, octets: Int, freeOctets: Int?, fits: Bool) {
        self.flow = flow
        self.seconds = seconds
        self.messages = messages
        self.octets = octets
        self.freeOctets = freeOctets
        self.fits = fits
    }
}
