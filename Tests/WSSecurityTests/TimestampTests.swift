import FoundationEssentials
import Testing

@testable import WSSecurity

@Suite("Timestamps: age, skew and forms")
struct TimestampTests {
    /// Seconds from now to Created and Expires, and whether that passes with 300 s age and 60 s skew.
    static let ages: [(created: Double, expires: Double?, isAccepted: Bool)] = [
        (0, 300, true), (-299, 1, true), (-359, 0.5, true), (-361, 300, false), (-361, nil, false), (-300, nil, true),
        (59, 300, true), (61, 300, false), (86_400 * 365, 86_400 * 366, false), (-10, -5, true), (-200, -61, false),
        (-10, -20, false), (-10, -10, false), (0, 86_400 * 3650, true), (-100, nil, true),
    ]

    @Test("age and skew, both ways", arguments: ages.indices)
    func age(_ index: Int) throws {
        let (created, expires, isAccepted) = Self.ages[index]
        let content = Self.content(
            DateTime.text(of: Fixtures.now.addingTimeInterval(created)),
            expires.map { DateTime.text(of: Fixtures.now.addingTimeInterval($0)) }
        )
        let fault = try Fixtures.fault(of: Self.message(content), Self.policy)
        #expect(fault?.code == (isAccepted ? nil : .messageExpired), "\(Self.ages[index])")
    }

    @Test(
        "forms of the same moment",
        arguments: [
            "2026-11-20T14:00:00Z", "2026-11-20T14:00:00.0Z", "2026-11-20T16:00:00+02:00", "2026-11-20T00:00:00-14:00",
            "2026-11-21T04:00:00.000000+14:00", " 2026-11-20T14:00:00Z\n", "2026-11-20T14:00:00-00:00",
        ]
    )
    func forms(_ text: String) throws {
        let now = DateTimeText.date("2026-11-20T14:00:30Z")
        let result = try Fixtures.process(Array(Self.message(Self.content(text, nil)).utf8), Self.policy, at: now)
        #expect(result.timestamp?.createdAt == DateTimeText.date("2026-11-20T14:00:00Z"))
    }

    @Test(
        "forms that are refused",
        arguments: [
            "2026-11-20T14:00:00", "2026-11-20T14:00:60Z", "2026-11-20T24:00:00Z", "2026-02-29T14:00:00Z",
            "2026-13-20T14:00:00Z", "2026-11-31T14:00:00Z", "2026-11-20 14:00:00Z", "2026-11-20", "", "now",
            "2026-11-20T14:00:00.Z", "2026-11-20T14:00:00+15:00", "+2026-11-20T14:00:00Z", "2026-11-20T14:00:00ZZ",
            "2026-11-20T14:00:00+0200", "20261120T140000Z", "2026-1-20T14:00:00Z", "2026-00-20T14:00:00Z",
            "2026-11-20T14:00:00.000000000000000000000Z", "\u{664}026-11-20T14:00:00Z",
        ]
    )
    func refusedForms(_ text: String) throws {
        let fault = try Fixtures.fault(of: Self.message(Self.content(text, nil)), Self.policy)
        #expect(fault?.code == .invalidSecurity)
    }

    @Test("structure: one Created, then one Expires at most, one Timestamp")
    func structure() throws {
        let created = "<wsu:Created>2026-11-20T14:00:00Z</wsu:Created>"
        let expires = "<wsu:Expires>2026-11-20T14:05:00Z</wsu:Expires>"
        for content in [
            "", expires, expires + created, created + created, created + expires + expires, created + "<x/>",
        ] {
            let message = Self.message("<wsu:Timestamp>\(content)</wsu:Timestamp>")
            #expect(try Fixtures.fault(of: message, Self.policy)?.code == .invalidSecurity, "\(content)")
        }
        let twice = Self.message(String(repeating: "<wsu:Timestamp>\(created)</wsu:Timestamp>", count: 2))
        #expect(try Fixtures.fault(of: twice, Self.policy)?.code == .invalidSecurity)
        #expect(try Fixtures.fault(of: Self.message(""), Self.policy)?.code == .invalidSecurity)
    }

    @Test(
        "dates survive writing and reading",
        arguments: [0, 951_782_400, 951_868_799.999, 4_102_444_800, -1, -86_400.5]
    )
    func dateTime(_ seconds: Double) throws {
        let date = Date(timeIntervalSince1970: seconds)
        let read = try #require(DateTime.date(of: DateTime.text(of: date)))
        #expect(abs(read.timeIntervalSince(date)) < 0.0011)
    }

    @Test("the written form is UTC with milliseconds")
    func written() {
        #expect(DateTime.text(of: Date(timeIntervalSince1970: 951_782_400)) == "2000-02-29T00:00:00.000Z")
        #expect(DateTime.text(of: Date(timeIntervalSince1970: 1_795_226_400.25)) == "2026-11-21T02:00:00.250Z")
    }

    static let policy = InboundPolicy(signed: [])

    static func content(_ created: String, _ expires: String?) -> String {
        let end = expires.map { "<wsu:Expires>\($0)</wsu:Expires>" } ?? ""
        return "<wsu:Timestamp><wsu:Created>\(created)</wsu:Created>\(end)</wsu:Timestamp>"
    }

    static func message(_ content: String) -> String {
        "<s:Envelope xmlns:s=\"\(SOAPVersion.soap11.namespace)\"><s:Header><wsse:Security"
            + " xmlns:wsse=\"\(WSSNamespace.extension)\" xmlns:wsu=\"\(WSSNamespace.utility)\">\(content)"
            + "</wsse:Security></s:Header><s:Body/></s:Envelope>"
    }
}
