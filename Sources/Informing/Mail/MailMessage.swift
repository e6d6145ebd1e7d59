import Cryptography
package import FoundationEssentials

/// A mail with text, and what goes along (RFC 5322, RFC 2045).
package struct MailMessage: Hashable, Sendable {
    /// A file that goes along.
    package struct Attachment: Hashable, Sendable {
        /// Its name.
        package let name: String
        /// Its media type, such as `application/x-pem-file`.
        package let type: String
        /// Its octets.
        package let octets: [UInt8]
    }

    /// Who sends.
    package let from: MailAddress
    /// Who is to have it.
    package let to: MailAddress
    /// The recipient's name.
    package let name: String
    /// What it is about.
    package let subject: String
    /// Without brackets; the same whenever it is sent again.
    package let messageID: String
    /// When it is sent.
    package let date: Date
    /// What it says.
    package let text: String
    /// An iCalendar object with its method (RFC 6047); `nil` when there is none.
    package let calendar: (method: String, text: String)?
    /// What goes along.
    package let attachments: [Attachment]

    package static func == (left: MailMessage, right: MailMessage) -> Bool { left.octets == right.octets }

    package func hash(into hasher: inout Hasher) { hasher.combine(octets) }
}

extension MailMessage {
    /// The message as it is sent, before SMTP's dot-stuffing: ASCII, lines of at most 998 octets that end with CRLF.
    package var octets: [UInt8] {
        let head = [
            "Date: \(Self.date(date))",
            "From: Rekey <\(from)>",
            "To: \(HeaderText.phrase(name)) <\(to)>",
            "Subject: \(HeaderText.unstructured(subject))",
            "Message-ID: <\(messageID)>",
            "MIME-Version: 1.0",
            "Auto-Submitted: auto-generated",
        ]
        let whole =
            attachments.isEmpty ? body : MIMEPart.multipart("mixed", [body] + attachments.map(\.part), marker("m"))
        return Array((head.joined(separator: "\r\n") + "\r\n" + whole.text).utf8)
    }

    /// The text; beside it, as another way to say it, the calendar's event.
    private var body: MIMEPart {
        let plain = MIMEPart(
            fields: ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: quoted-printable"],
            content: QuotedPrintable.encode(text)
        )
        guard let calendar else { return plain }
        let event = MIMEPart(
            fields: [
                "Content-Type: text/calendar; charset=utf-8; method=\(calendar.method)",
                "Content-Transfer-Encoding: base64",
            ],
            content: MIMEPart.base64(Array(calendar.text.utf8))
        )
        return .multipart("alternative", [plain, event], marker("a"))
    }

    /// A boundary that cannot be in what is encoded: quoted-printable has `=` before hexadecimal digits alone.
    private func marker(_ level: String) -> String {
        let digest = DigestAlgorithm.sha256.digest(of: Array(messageID.utf8))
        return "=_\(level)_" + Hexadecimal.text(digest.prefix(12))
    }

    /// `Sat, 21 Nov 2026 12:00:00 +0000` (RFC 5322, section 3.3).
    static func date(_ date: Date) -> String {
        let parts = date.formatted(.iso8601).split { !$0.isNumber }
        guard parts.count == 6, let month = Int(parts[1]), (1...12).contains(month) else { return "" }
        let days = Int((date.timeIntervalSince1970 / 86_400).rounded(.down))
        let weekday = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"][((days % 7) + 7) % 7]
        let name = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"][month - 1]
        return "\(weekday), \(parts[2]) \(name) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
    }
}

extension MailMessage.Attachment {
    fileprivate var part: MIMEPart {
        let name = HeaderText.fileName(name)
        return MIMEPart(
            fields: [
                "Content-Type: \(type); name=\"\(name)\"",
                "Content-Disposition: attachment; filename=\"\(name)\"",
                "Content-Transfer-Encoding: base64",
            ],
            content: MIMEPart.base64(octets)
        )
    }
}
