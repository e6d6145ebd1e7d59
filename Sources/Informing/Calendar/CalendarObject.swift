import FoundationEssentials
package import Renewal

/// One downtime as an iCalendar object (RFC 5545, RFC 5546), all moments in UTC.
package struct CalendarObject: Hashable, Sendable {
    private let entry: CalendarEntry
    private let organizer: MailAddress
    private let attendees: [MailAddress]
    private let details: String

    /// The object with which `organizer` tells `attendees` of the entry; `details` is its description.
    package init(_ entry: CalendarEntry, organizer: MailAddress, attendees: [MailAddress], details: String) {
        self.entry = entry
        self.organizer = organizer
        self.attendees = attendees
        self.details = details
    }

    /// Its lines, folded at 75 octets, each with CRLF.
    package var text: String { lines.map(ContentLine.folded).joined() }

    private var lines: [String] {
        [
            "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Rekey//Renewal//EN", "METHOD:\(entry.method.rawValue)",
            "BEGIN:VEVENT", "UID:\(ContentLine.escaped(entry.uid))", "SEQUENCE:\(entry.sequence)",
            "DTSTAMP:\(Self.moment(entry.saidAt))", "DTSTART:\(Self.moment(entry.window.start))",
            "DTEND:\(Self.moment(entry.window.end))", "SUMMARY:\(ContentLine.escaped(entry.summary))",
            "DESCRIPTION:\(ContentLine.escaped(details))", "STATUS:\(status)", "TRANSP:OPAQUE",
            "ORGANIZER;CN=Rekey:mailto:\(organizer)",
        ] + attendees.map { "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=\(participation);RSVP=FALSE:mailto:\($0)" }
            + ["END:VEVENT", "END:VCALENDAR"]
    }

    private var status: String {
        entry.method == .cancel ? "CANCELLED" : entry.isAgreed ? "CONFIRMED" : "TENTATIVE"
    }

    private var participation: String { entry.isAgreed ? "ACCEPTED" : "NEEDS-ACTION" }

    /// Form 2 of DATE-TIME: `20261121T120000Z` (RFC 5545, section 3.3.5).
    private static func moment(_ date: Date) -> String {
        date.formatted(Date.ISO8601FormatStyle(dateSeparator: .omitted, timeSeparator: .omitted))
    }
}

/// A content line of iCalendar.
enum ContentLine {
    /// A TEXT value (RFC 5545, section 3.3.11); control characters are left out.
    static func escaped(_ text: String) -> String {
        text.unicodeScalars.reduce(into: "") { result, scalar in
            switch scalar {
            case "\\", ";", ",": result += "\\" + String(scalar)
            case "\n": result += "\\n"
            default: if scalar.value >= 0x20, scalar.value != 0x7F { result.unicodeScalars.append(scalar) }
            }
        }
    }

    /// The line in pieces of at most 75 octets that end between characters (RFC 5545, section 3.1), with CRLF at the end.
    static func folded(_ line: String) -> String {
        var (result, length) = ("", 0)
        for scalar in line.unicodeScalars {
            let width = String(scalar).utf8.count
            if length + width > 75 {
                result += "\r\n "
                length = 1
            }
            result.unicodeScalars.append(scalar)
            length += width
        }
        return result + "\r\n"
    }
}
