import FoundationEssentials
import Renewal

/// The mail that a notification becomes.
struct InformMail {
    let notification: RenewalNotification
    let delivery: InformDelivery
    let from: MailAddress
    let to: MailAddress
    /// Where it is acknowledged; `nil` when links are not configured or it is acknowledged already.
    let link: String?
    /// Until when the link works.
    let linkExpiresAt: Date?
    let now: Date

    var message: MailMessage {
        MailMessage(
            from: from,
            to: to,
            name: delivery.person,
            subject: notification.subject,
            messageID: delivery.messageID,
            date: now,
            text: text,
            calendar: notification.calendar.map { entry in
                (
                    entry.method.rawValue,
                    CalendarObject(entry, organizer: from, attendees: [to], details: notification.text).text
                )
            },
            attachments: notification.attachments.map {
                MailMessage.Attachment(
                    name: $0.name,
                    type: "application/x-pem-file",
                    octets: Array($0.certificatePEM.utf8)
                )
            }
        )
    }

    private var text: String {
        var parts = [notification.fullText]
        if let calendar = notification.calendar {
            let what = calendar.method == .cancel ? "Cancelled" : calendar.isAgreed ? "Agreed" : "Proposed"
            let window = calendar.window
            parts.append(
                "\(what) downtime (UTC): \(window.start.formatted(.iso8601)) to \(window.end.formatted(.iso8601))"
            )
        }
        if let link, let linkExpiresAt {
            parts.append(
                "Acknowledge here (works once, until \(linkExpiresAt.formatted(.iso8601)), for you alone):\n\(link)"
            )
        }
        parts.append("Or: rekey inbox acknowledge \(notification.id)")
        if delivery.isUncertain {
            parts.append(
                "This is attempt \(delivery.attempts): an earlier one with the same Message-ID may have arrived."
            )
        }
        parts.append("For the \(notification.addressee), sent by Rekey for the \(notification.sender).")
        return parts.joined(separator: "\n\n")
    }
}
