import Cryptography
import Testing

@testable import WSSecurity

/// Messages whose assertions are moved, doubled or exchanged; the attacker holds a key and an assertion of his own.
@Suite("A SAML assertion speaks only for the message that its key or its sender signed")
struct AssertionAttackTests {
    typealias Version = CarriedAssertion.Version

    private static let eve = Result { try Fixtures.Pair.made(.rsa2048, "CN=eve") }

    private static func fault(
        _ message: String,
        _ confirmation: CarriedAssertion.Confirmation?,
        trusting others: [Certificate] = []
    ) throws -> SecurityFault? {
        let keys = try StaticTrustedKeys(
            verifying: [Fixtures.sender.get().certificate] + others,
            assertionIssuers: [HandMade.assertionIssuer.get().certificate]
        )
        return try HandMade.fault(message, .asserted(by: confirmation), keys)
    }

    /// Joe's message by holder of key, and his assertion in it.
    private static func joe(_ version: Version) throws -> (message: String, assertion: String) {
        let message = try HandMade.holderOfKey(version)
        #expect(try fault(message, .holderOfKey) == nil)
        return (message, try #require(message.element("a:Assertion")))
    }

    @Test("the signed assertion is moved away and a forged one takes its place", arguments: Version.allCases)
    func wrapped(_ version: Version) throws {
        let (message, assertion) = try Self.joe(version)
        let forged = try HandMade.assertion(
            version,
            subject: "uid=root",
            confirming: Self.eve.get(),
            isSigned: false
        )
        let signature = try #require(assertion.element("ds:Signature"))
        let bare = assertion.replacing(signature, with: "")
        let signed = { (content: String) in forged.replacing("</a:Assertion>", with: content + "</a:Assertion>") }
        let holding = signature.replacing("</ds:Signature>", with: "<ds:Object>\(bare)</ds:Object></ds:Signature>")
        for id in ["A-1", "A-2"] {
            let renamed = { (text: String) in text.replacing("\"A-1\" ", with: "\"\(id)\" ", maxReplacements: 1) }
            for replacement in [
                renamed(signed(signature)),
                renamed(signed(signature + bare)),
                renamed(signed(bare + signature)),
                renamed(signed(holding)),
                renamed(signed("<x>\(assertion)</x>")),
                renamed(forged) + "<x>\(assertion)</x>",
                "<x>\(assertion)</x>" + renamed(signed(signature)),
            ] {
                let changed = message.replacing(assertion, with: replacement)
                #expect(try Self.fault(changed, .holderOfKey) != nil, "\(id): \(replacement)")
                let outside = changed.replacing("<x>\(assertion)</x>", with: "")
                    .replacing("</s:Header>", with: "<x>\(assertion)</x></s:Header>")
                #expect(try Self.fault(outside, .holderOfKey) != nil, "\(id) outside")
            }
        }
    }

    @Test("the signature names an assertion that stands outside of the header", arguments: Version.allCases)
    func outside(_ version: Version) throws {
        let (message, assertion) = try Self.joe(version)
        let moved = message.replacing(assertion, with: "")
            .replacing("</s:Header>", with: "\(assertion)</s:Header>")
        let fault = try #require(try Self.fault(moved, .holderOfKey))
        #expect(fault.code == .securityTokenUnavailable && fault.cause.contains("assertion of this header"), "\(fault)")
    }

    @Test("a second assertion before or after the one whose key signed", arguments: Version.allCases)
    func doubled(_ version: Version) throws {
        let (message, assertion) = try Self.joe(version)
        let eve = try Self.eve.get()
        for other in [
            try HandMade.assertion(version, id: "A-2", subject: "uid=root", confirming: eve, isSigned: false),
            try HandMade.assertion(version, id: "A-2", subject: "uid=root", confirming: eve, by: eve),
            HandMade.assertion(version, id: "A-2", subject: "uid=root", method: "sender-vouches"),
            HandMade.assertion(version, id: "A-2", subject: "uid=root", method: "bearer"),
            try HandMade.assertion(version, id: "A-2", subject: "uid=eve", confirming: eve),
            assertion,
        ] {
            for pair in [other + assertion, assertion + other] {
                let changed = message.replacing(assertion, with: pair)
                #expect(try Self.fault(changed, .holderOfKey) != nil, "\(other)")
            }
        }
    }

    @Test("the issuer's signature of another assertion, or over something else", arguments: Version.allCases)
    func foreignSignature(_ version: Version) throws {
        let (message, assertion) = try Self.joe(version)
        let eve = try Self.eve.get()
        let own = try HandMade.assertion(version, id: "A-2", subject: "uid=eve", confirming: eve)
        let signature = try #require(own.element("ds:Signature"))
        let forged = try HandMade.assertion(version, subject: "uid=root", confirming: eve, isSigned: false)
        let exchanged = forged.replacing("</a:Assertion>", with: signature + "</a:Assertion>")
        for replacement in [exchanged, exchanged + own, own + exchanged] {
            let message = try HandMade.signed(
                HandMade.envelope(replacement),
                by: .pair(eve),
                keyInfo: HandMade.assertionReference(version)
            )
            #expect(try Self.fault(message, .holderOfKey) != nil)
        }
        let issuer = try HandMade.assertionIssuer.get()
        let body = try HandMade.Reference(id: "body", octets: HandMade.canonical("body", in: message))
        let over = try HandMade.signature(
            id: "OVER",
            over: [body],
            by: .pair(issuer),
            keyInfo: HandMade.thumbprint(issuer.certificate)
        )
        let old = try #require(assertion.element("ds:Signature"))
        let fault = try Self.fault(message.replacing(old, with: over), .holderOfKey)
        #expect(fault?.cause.contains("must cover it and nothing else") == true)
    }

    @Test("holder of key: a key that is not the confirmed one", arguments: Version.allCases)
    func otherKey(_ version: Version) throws {
        let eve = try Self.eve.get()
        let named = try HandMade.holderOfKey(version, signer: eve)
        #expect(try Self.fault(named, .holderOfKey)?.code == .failedCheck)
        // A trusted partner who puts the assertion of somebody else into his own message.
        let assertion = try HandMade.assertion(version, confirming: eve)
        let sender = try Fixtures.sender.get()
        let partner = try HandMade.signed(
            HandMade.envelope(assertion),
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        #expect(try Self.fault(partner, .holderOfKey)?.code == .invalidSecurity)
        #expect(try Self.fault(partner, nil) == nil)
    }

    @Test("holder of key: the confirmed key signed something, and somebody else the Body", arguments: Version.allCases)
    func besides(_ version: Version) throws {
        let eve = try Self.eve.get()
        let sender = try Fixtures.sender.get()
        let assertion = try HandMade.assertion(version, subject: "uid=eve", confirming: eve)
        let timestamp =
            "<wsu:Timestamp wsu:Id=\"TS\"><wsu:Created>\(DateTime.text(of: Fixtures.now))</wsu:Created></wsu:Timestamp>"
        let captured = try HandMade.signed(
            HandMade.envelope(assertion + timestamp),
            by: .pair(sender),
            keyInfo: HandMade.thumbprint(sender.certificate)
        )
        for (ids, isMessage) in [(["TS"], false), (["A-1"], false), (["SIG"], true), (["body"], true)] {
            let claimed = try HandMade.signed(
                captured,
                id: "CLAIM",
                over: ids,
                by: .pair(eve),
                keyInfo: HandMade.assertionReference(version)
            )
            let fault = try Self.fault(claimed, .holderOfKey)
            #expect((fault == nil) == isMessage && (isMessage || fault?.code == .invalidSecurity), "\(ids)")
        }
    }

    @Test("sender vouches: the assertion is not under the signature that covers the Body", arguments: Version.allCases)
    func vouchedApart(_ version: Version) throws {
        let covered = try HandMade.senderVouches(version, covering: ["body", "A-1"])
        #expect(try Self.fault(covered, .senderVouches) == nil)
        let bare = try HandMade.senderVouches(version, covering: ["body"])
        #expect(try Self.fault(bare, .senderVouches)?.code == .invalidSecurity)
        // Another trusted partner vouches, in a message that is not his.
        let other = try Self.eve.get()
        for (ids, isMessage) in [(["A-1"], false), (["A-1", "SIG"], true), (["A-1", "body"], true)] {
            let claimed = try HandMade.signed(
                bare,
                id: "CLAIM",
                over: ids,
                by: .pair(other),
                keyInfo: HandMade.thumbprint(other.certificate)
            )
            let fault = try Self.fault(claimed, .senderVouches, trusting: [other.certificate])
            #expect((fault == nil) == isMessage && (isMessage || fault?.code == .invalidSecurity), "\(ids)")
            #expect(try Self.fault(claimed, .senderVouches)?.code == .securityTokenUnavailable)
        }
    }

    @Test(
        "sender vouches: the covered assertion is moved away, or another stands beside it",
        arguments: Version.allCases
    )
    func vouchedWrapped(_ version: Version) throws {
        let message = try HandMade.senderVouches(version, covering: ["body", "A-1"])
        let assertion = try #require(message.element("a:Assertion"))
        for id in ["A-1", "A-2"] {
            let forged = HandMade.assertion(version, id: id, subject: "uid=root", method: "sender-vouches")
            let inside = forged.replacing("</a:Assertion>", with: assertion + "</a:Assertion>")
            for replacement in [forged + assertion, assertion + forged, inside, forged + "<x>\(assertion)</x>"] {
                #expect(try Self.fault(message.replacing(assertion, with: replacement), .senderVouches) != nil, "\(id)")
            }
            let outside = message.replacing(assertion, with: forged)
                .replacing("</s:Header>", with: "<x>\(assertion)</x></s:Header>")
            #expect(try Self.fault(outside, .senderVouches) != nil, "\(id)")
        }
    }
}
