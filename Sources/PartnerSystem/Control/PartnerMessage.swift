package import Foundation

/// One message in `GET /control/messages`.
package struct PartnerMessage: Codable, Hashable, Sendable {
    /// How far a message is.
    package enum State: String, Codable, Sendable {
        /// Begun, not ended: it is being sent, waits to be sent again, or is held while sending is stopped.
        case pending
        /// Its answer was verified, decrypted and echoed its id.
        case answered
        /// One-way: answered with status 202.
        case accepted
        /// Lost; `detail` says why.
        case failed
        /// A receiver has accepted it.
        case received
    }

    /// The id in its body, echoed by the answer.
    package var id: String
    /// Its place in the order in which this system began or first received messages, from 1.
    package var sequence: Int
    /// Whether it expects an answer.
    package var pattern: PartnerPattern
    /// The target's URL (sender) or the path (receiver).
    package var target: String
    /// How far it is.
    package var state: State
    /// How often it was sent (sender).
    package var attempts = 0
    /// How many of the attempts were refused (sender).
    package var refusals = 0
    /// How often it arrived (receiver).
    package var count = 0
    /// When it was begun (sender), by the partner's own clock.
    package var sentAt: Date?
    /// When it first arrived (receiver), by the partner's own clock.
    package var receivedAt: Date?
    /// When its last attempt ended (sender) or it last arrived (receiver).
    package var endedAt: Date?
    /// The cause of the last refusal or of the failure.
    package var detail: String?
}
