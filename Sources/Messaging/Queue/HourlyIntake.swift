package import FoundationEssentials

/// The one-way messages that a flow stored in one hour of UTC.
package struct HourlyIntake: Hashable, Sendable {
    /// The hour's beginning.
    package let hour: Date
    /// How many.
    package let messageCount: Int
    /// Their sealed envelopes together.
    package let octetCount: Int

    package init(hour: Date, messageCount: Int, octetCount: Int) {
        self.hour = hour
        self.messageCount = messageCount
        self.octetCount = octetCount
    }
}
