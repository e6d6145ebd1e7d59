package import Foundation

/// A stored message from one role to another (`GET /notifications`).
package struct NotificationResource: Codable, Sendable, Hashable {
    /// Names the notification in `POST /notifications/{id}/acknowledge`.
    package var id: String
    /// The renewal that it belongs to; alias and version, such as `orders-sign/2`, when it is about a key alone.
    package var renewal: String
    /// The step that it carries out; nil for alerts and reminders.
    package var step: String?
    /// The addressee's role.
    package var role: String
    /// The addressee's organisation.
    package var organisation: String
    /// What it says.
    package var text: String
    /// The certificate (PEM) that goes with it; nil when none does.
    package var certificate: String?
    /// SHA-256 of that certificate, to be compared over a second channel; nil when none goes with it.
    package var fingerprint: String?
    /// When it was written.
    package var sentAt: Date
    /// When the addressee acknowledged it.
    package var acknowledgedAt: Date?
    /// Who acknowledged it.
    package var acknowledgedBy: String?

    /// A notification.
    package init(
        id: String,
        renewal: String,
        step: String?,
        role: String,
        organisation: String,
        text: String,
        sentAt: Date,
        acknowledgedAt: Date?,
        acknowledgedBy: String?
    ) {
        self.id = id
        self.renewal = renewal
        self.step = step
        self.role = role
        self.organisation = organisation
        self.text = text
        self.sentAt = sentAt
        self.acknowledgedAt = acknowledgedAt
        self.acknowledgedBy = acknowledgedBy
    }
}
