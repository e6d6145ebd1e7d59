import Foundation
import Informing
import Renewal
import Testing

@Suite("Downtimes for calendars")
struct CalendarTests {
    private let start = Date(timeIntervalSince1970: 1_800_000_000)

    private func entry(_ method: CalendarEntry.Method, agreed: Bool, summary: String = "Downtime") -> CalendarEntry {
        CalendarEntry(
            uid: "orders-1.3-agree@tenant",
            sequence: 4,
            method: method,
            isAgreed: agreed,
            window: DowntimeWindow(start: start, end: start + 3_600),
            summary: summary,
            saidAt: start - 60
        )
    }

    private func text(_ entry: CalendarEntry, _ details: String = "") throws -> String {
        let people = try [
            #require(MailAddress("rekey@tenant.example")), #require(MailAddress("rita@receiver.example")),
        ]
        return CalendarObject(entry, organizer: people[0], attendees: [people[1]], details: details).text
    }

    @Test("An agreed downtime is a confirmed event in UTC, with its name and its number")
    func confirmed() throws {
        let lines = try text(entry(.request, agreed: true)).components(separatedBy: "\r\n")
        #expect(
            lines
                == """
                BEGIN:VCALENDAR
                VERSION:2.0
                PRODID:-//Rekey//Renewal//EN
                METHOD:REQUEST
                BEGIN:VEVENT
                UID:orders-1.3-agree@tenant
                SEQUENCE:4
                DTSTAMP:20270115T075900Z
                DTSTART:20270115T080000Z
                DTEND:20270115T090000Z
                SUMMARY:Downtime
                DESCRIPTION:
                STATUS:CONFIRMED
                TRANSP:OPAQUE
                ORGANIZER;CN=Rekey:mailto:rekey@tenant.example
                ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE:mailto:rita@rece
                 iver.example
                END:VEVENT
                END:VCALENDAR

                """
                .components(separatedBy: "\n")
        )
    }

    @Test("A proposal is tentative, a cancellation cancels")
    func methods() throws {
        #expect(try text(entry(.request, agreed: false)).contains("\r\nSTATUS:TENTATIVE\r\n"))
        let cancelled = try text(entry(.cancel, agreed: true))
        #expect(cancelled.contains("\r\nMETHOD:CANCEL\r\n") && cancelled.contains("\r\nSTATUS:CANCELLED\r\n"))
    }

    @Test("Texts are escaped and lines folded between characters; none can begin a line of its own")
    func escaping() throws {
        let hostile = "a,b;c\\d\r\nEND:VEVENT\u{1}" + String(repeating: "鍵", count: 80)
        let text = try text(entry(.request, agreed: true, summary: hostile), hostile)
        let lines = text.components(separatedBy: "\r\n")
        #expect(lines.allSatisfy { $0.utf8.count <= 75 } && !text.contains("\u{1}"))
        let unfolded = text.replacing("\r\n ", with: "")
        let summary = "SUMMARY:a\\,b\\;c\\\\d\\nEND:VEVENT" + String(repeating: "鍵", count: 80)
        #expect(unfolded.components(separatedBy: "\r\n").contains(summary))
        #expect(lines.count { $0 == "END:VEVENT" } == 1)
    }

    @Test("It goes into the mail beside the text, with the method in its type")
    func inMail() async throws {
        try await World.run { world in
            let peer = try MailPeer([])
            try world.useMail(peer.port)
            try await world.notify(calendar: entry(.cancel, agreed: false))
            #expect(try await world.dispatch.deliver().map(\.state) == [.delivered])
            let mail = try peer.next()
            #expect(mail.parts.map(\.type) == ["text/plain", "text/calendar"] && mail.parts.last?.method == "CANCEL")
            let unfolded = mail.parts.last?.text.replacing("\r\n ", with: "")
            #expect(unfolded?.contains("mailto:rita@receiver.example") == true)
            #expect(mail.text.contains("Cancelled downtime (UTC): 2027-01-15T08:00:00Z to 2027-01-15T09:00:00Z"))
        }
    }

    @Test("A mail about a downtime says what answers it, as a calendar program's reply does not")
    func answering() async throws {
        try await World.run { world in
            let peer = try MailPeer([])
            try world.useMail(peer.port)
            try await world.notify("a", calendar: entry(.request, agreed: false))
            try await world.notify("b", calendar: entry(.cancel, agreed: true))
            _ = try await world.dispatch.deliver()
            let texts = try [peer.next(), peer.next()].map(\.text)
            #expect(texts.count { $0.contains("An answer by mail or by your calendar program reaches nobody") } == 1)
            #expect(texts.contains { $0.contains("Proposed downtime") && $0.contains("answer by the ") })
        }
    }
}
