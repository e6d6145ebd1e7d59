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
            if calendar.method == .request { parts.append(howToAnswer(calendar)) }
        }
        if let link, let linkExpiresAt {
            let isProposal = notification.calendar.map { $0.method == .request && !$0.isAgreed } ?? false
            parts.append(
                "\(isProposal ? "Accept it, or only acknowledge," : "Acknowledge") here (works once, until \(linkExpiresAt.formatted(.iso8601)), for you alone):\n\(link)"
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

    /// What a calendar program sends back reaches nobody, so the mail says what does.
    private func howToAnswer(_ calendar: CalendarEntry) -> String {
        let way = calendar.isAgreed || link == nil ? "the commands above" : "the link or the commands"
        return "An answer by mail or by your calendar program reaches nobody: answer by \(way)."
    }
}
