package import FoundationEssentials

/// A downtime as calendars take it: one event that is asked for, changed and cancelled under one name (RFC 5546).
package struct CalendarEntry: Hashable, Codable, Sendable {
    /// What is said of the event (RFC 5546, section 1.4).
    package enum Method: String, Hashable, Codable, Sendable, CaseIterable {
        /// It is proposed, changed or agreed.
        case request = "REQUEST"
        /// It does not take place.
        case cancel = "CANCEL"
    }

    /// The same for all that is ever said of the event (RFC 5545, section 3.8.4.7).
    package let uid: String
    /// Higher with every change (RFC 5545, section 3.8.7.4).
    package let sequence: Int
    /// What is said of it.
    package let method: Method
    /// Whether both sides agreed.
    package let isAgreed: Bool
    /// When it is.
    package let window: DowntimeWindow
    /// What it is, in one line.
    package let summary: String
    /// When this was said (DTSTAMP).
    package let saidAt: Date

    package init(
        uid: String,
        sequence: Int,
        method: Method,
        isAgreed: Bool,
        window: DowntimeWindow,
        summary: String,
        saidAt: Date
    ) {
        self.uid = uid
        self.sequence = sequence
        self.method = method
        self.isAgreed = isAgreed
        self.window = window
        self.summary = summary
        self.saidAt = saidAt
    }
}
