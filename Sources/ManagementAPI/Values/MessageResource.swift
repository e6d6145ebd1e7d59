package import Foundation

/// A stored one-way message (`GET /messages`); its content is never shown.
package struct MessageResource: Codable, Sendable, Hashable {
    /// The store's name for it.
    package var id: String
    /// The integration flow that accepted it.
    package var flow: String
    /// The sender's name for it, `wsa:MessageID`.
    package var messageID: String
    /// `processing`, `retry`, `held`, `completed`, `failed` or `discarded`.
    package var state: String
    /// When it was accepted.
    package var acceptedAt: Date
    /// When it is next tried; `nil` when it has ended.
    package var dueAt: Date?
    /// When its guaranteed delivery time ends.
    package var deadline: Date
    /// When it was completed, failed or discarded.
    package var endedAt: Date?
    /// How often it was tried.
    package var attempts: Int
    /// Why the last attempt failed, or why it was discarded.
    package var reason: String?
    /// In an ordered flow: the message that must be completed or discarded first.
    package var waitsFor: String?

    /// A stored message.
    package init(
        id: String,
        flow: String,
        messageID: String,
        state: String,
        acceptedAt: Date,
        dueAt: Date?,
        deadline: Date,
        endedAt: Date?,
        attempts: Int,
        reason: String?,
        waitsFor: String? = nil
    ) {
        self.id = id
        self.flow = flow
        self.messageID = messageID
        self.state = state
        self.acceptedAt = acceptedAt
        self.dueAt = dueAt
        self.deadline = deadline
        self.endedAt = endedAt
        self.attempts = attempts
        self.reason = reason
        self.waitsFor = waitsFor
    }
}

/// The body of `POST /messages/{id}/discard`.
package struct DiscardMessage: Codable, Sendable, Hashable {
    /// Why the message is not to be delivered.
    package var reason: String

    /// Discards for `reason`.
    package init(reason: String) { self.reason = reason }
}
