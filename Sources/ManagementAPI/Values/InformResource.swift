package import Foundation

/// A notification on its way to one person by one channel (`GET /informs`).
package struct InformResource: Codable, Sendable, Hashable {
    /// Names it in `POST /informs/{id}/retry`; a mail's `Message-ID`, an event's `id`.
    package var id: String
    /// The notification.
    package var notification: String
    /// `mail` or `webhook`.
    package var channel: String
    /// The mail address, or the webhook's name.
    package var address: String
    /// Whom it is for.
    package var person: String
    /// `waiting`, `sending`, `delivered` or `undeliverable`.
    package var state: String
    /// How many attempts were begun.
    package var attempts: Int
    /// When the next attempt is due; nil when there will be none.
    package var dueAt: Date?
    /// Whether an attempt may have arrived without saying so.
    package var isUncertain: Bool
    /// How the last attempt ended.
    package var result: String?
    /// When it was delivered or given up.
    package var endedAt: Date?

    /// A delivery.
    package init(
        id: String,
        notification: String,
        channel: String,
        address: String,
        person: String,
        state: String,
        attempts: Int,
        dueAt: Date?,
        isUncertain: Bool,
        result: String?,
        endedAt: Date?
    ) {
        self.id = id
        self.notification = notification
        self.channel = channel
        self.address = address
        self.person = person
        self.state = state
        self.attempts = attempts
        self.dueAt = dueAt
        self.isUncertain = isUncertain
        self.result = result
        self.endedAt = endedAt
    }
}
