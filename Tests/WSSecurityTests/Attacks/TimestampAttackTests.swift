import FoundationEssentials
import Testing
import WSSecurity

@Suite("Timestamps that are unsigned, moved or oddly written buy nobody time")
struct TimestampAttackTests {
    /// A message whose Body is signed and whose timestamp is not.
    private static func unsigned() throws -> String {
        String(decoding: try Fixtures.protected(Specimen.plain, SignatureSettings(parts: [.body]), nil), as: UTF8.self)
    }

    @Test("an unsigned timestamp, renewed or not, where a signed one is demanded")
    func unsigned() throws {
        let message = try Self.unsigned()
        #expect(try Fixtures.fault(of: message)?.code == .invalidSecurity)
        let renewed = message.replacing("2026-11-21T02:0", with: "2026-11-21T03:0")
        let later = Fixtures.now.addingTimeInterval(3600)
        #expect(try Fixtures.fault(of: renewed, at: later)?.code == .invalidSecurity)
        #expect(try Fixtures.fault(of: renewed, InboundPolicy(signed: [.body]), at: later) == nil)
    }

    @Test("none, or an empty one, where one is demanded")
    func missing() throws {
        let (rest, _) = try #require(Self.unsigned().taking("wsu:Timestamp"))
        #expect(try Fixtures.fault(of: rest, InboundPolicy(signed: [.body]))?.code == .invalidSecurity)
        let lenient = InboundPolicy(signed: [.body], requiresTimestamp: false)
        #expect(try Fixtures.fault(of: rest, lenient) == nil)
        let empty = rest.inserting("<wsu:Timestamp/>", before: "</wsse:Security>")
        #expect(try Fixtures.fault(of: empty, lenient)?.code == .invalidSecurity)
    }

    @Test(
        "signed, but written so that readers could differ",
        arguments: [
            "2026-11-21T02:00:60Z", "2026-11-20T24:00:00Z", "2026-11-21T02:00:00", "2026-11-21T02:00Z", "2026-11-21",
            "2026-11-21 02:00:00Z", "2026-11-21T02:00:00z", "2026-11-21t02:00:00Z", "+2026-11-21T02:00:00Z",
            "12026-11-21T02:00:00Z", "-2026-11-21T02:00:00Z", "2026-11-21T02:00:00.Z", "2026-11-21T02:00:00,5Z",
            "2026-11-21T02:00:00+0000", "2026-11-21T02:00:00+00", "2026-11-21T02:00:00+14:01",
            "2026-11-21T02:00:00+24:00",
            "2026-02-29T02:00:00Z", "2026-13-21T02:00:00Z", "2026-00-21T02:00:00Z", "2026-11-31T02:00:00Z",
            "2026-11-21T02:00:00ZZ", "2026-11-21T02:00:00Z<x/>", "2026-11-21T02:00:00Z 2026-11-21T02:00:00Z",
            "\u{FF12}026-11-21T02:00:00Z", "20261121T020000Z", "1795226400", "now", "",
            "2026-11-21T02:00:00.\(String(repeating: "0", count: 400))Z",
        ]
    )
    func forms(_ created: String) throws {
        let message = try Specimen().text
        let old = try #require(message.element("wsu:Created"))
        let changed = message.replacing(old, with: "<wsu:Created>\(created)</wsu:Created>")
        let signed = try Forger.resigned(changed, by: Fixtures.sender.get().key)
        #expect(try Fixtures.fault(of: signed, Specimen.policy)?.code == .invalidSecurity)
    }

    @Test("signed and in another zone, with fractions, comments or spaces: the moment that it names")
    func sameMoment() throws {
        let message = try Specimen().text
        let old = try #require(message.element("wsu:Created"))
        for created in [
            "2026-11-21T02:00:00Z", "2026-11-21T16:00:00+14:00", "2026-11-20T12:00:00-14:00",
            "2026-11-21T02:00:00.2500Z",
            " 2026-11-21T02:00:00Z\n", "2026-11-21T02:0<!-- 9 -->0:00Z", "2026-11-21T02:00:00-00:00",
        ] {
            let changed = message.replacing(old, with: "<wsu:Created>\(created)</wsu:Created>")
            let signed = try Forger.resigned(changed, by: Fixtures.sender.get().key)
            let moment = try Fixtures.process(Array(signed.utf8), Specimen.policy).timestamp?.createdAt
            #expect(abs(try #require(moment).timeIntervalSince(Fixtures.now)) < 0.3, "\(created)")
        }
    }

    @Test("signed and from the future, or with an end beyond every lifetime: the policy's age decides")
    func lifetimes() throws {
        let key = try Fixtures.sender.get().key
        let message = try Specimen().text
        let old = try #require(message.element("wsu:Created"))
        let end = try #require(message.element("wsu:Expires"))
        let endless = message.replacing(end, with: "<wsu:Expires>9999-12-31T23:59:59Z</wsu:Expires>")
        let ends = message.replacing(end, with: "")
        for text in [endless, ends] {
            let signed = try Forger.resigned(text, by: key)
            #expect(try Fixtures.fault(of: signed, Specimen.policy) == nil)
            for (seconds, isAccepted) in [(360.0, true), (361, false), (86_000, false)] {
                let fault = try Fixtures.fault(
                    of: signed,
                    Specimen.policy,
                    at: Fixtures.now.addingTimeInterval(seconds)
                )
                #expect((fault == nil) == isAccepted && (isAccepted || fault?.code == .messageExpired), "\(seconds)")
            }
        }
        for created in ["2026-11-21T02:01:01Z", "2027-11-21T02:00:00Z", "9999-12-31T23:59:59Z"] {
            let future = endless.replacing(old, with: "<wsu:Created>\(created)</wsu:Created>")
            let signed = try Forger.resigned(
                future.replacing("9999-12-31T23:59:59Z</wsu:Exp", with: "9999-12-31T23:59:59.5Z</wsu:Exp"),
                by: key
            )
            #expect(try Fixtures.fault(of: signed, Specimen.policy)?.code == .messageExpired, "\(created)")
        }
    }
}
