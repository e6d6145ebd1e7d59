import Cryptography
import FoundationEssentials
import Testing
import XML

@testable import WSSecurity

@Suite("SAML assertions: carried, holder of key, sender vouches")
struct AssertionTests {
    @Test("holder of key: a trusted issuer confirms the key that signed", arguments: Version.allCases)
    func holderOfKey(_ version: Version) throws {
        let message = try HandMade.holderOfKey(version)
        let result = try HandMade.process(message, .asserted(by: .holderOfKey), HandMade.assertionKeys())
        let assertion = try #require(result.assertions.first)
        #expect(assertion.version == version && assertion.id == "A-1" && assertion.issuerName == "urn:issuer")
        #expect(assertion.subject == "uid=joe" && assertion.confirmation == .holderOfKey)
        #expect(assertion.issuer == (try HandMade.assertionIssuer.get().certificate))
        #expect(assertion.isKeyProved && !assertion.isCovered)
        guard case .samlSubject(let subject)? = result.signatures.first?.signer else {
            Issue.record("not the subject's signature")
            return
        }
        let key = try Fixtures.sender.get().certificate.publicKey
        #expect(subject.name == "uid=joe" && subject.publicKey == key)
    }

    @Test("it is found as well in a message that is processed as a stream", arguments: Version.allCases)
    func streamed(_ version: Version) throws {
        let message = try HandMade.holderOfKey(version)
        let expected = try HandMade.process(message, .asserted(by: .holderOfKey), HandMade.assertionKeys()).assertions
        let actual = try HandMade.streamed(message, .asserted(by: .holderOfKey), HandMade.assertionKeys()).assertions
        #expect(actual.count == 1 && actual.map(\.octets) == expected.map(\.octets))
        #expect(actual.first?.isKeyProved == true && actual.first?.subject == "uid=joe")
    }

    @Test("its signature counts for nothing unless the policy demands holder of key")
    func notDemanded() throws {
        let message = try HandMade.holderOfKey(.saml20)
        #expect(try HandMade.fault(message, .signedBody, HandMade.assertionKeys())?.code == .unsupportedSecurityToken)
        #expect(try HandMade.fault(message, .asserted(by: nil), HandMade.assertionKeys())?.code == .invalidSecurity)
        #expect(
            try HandMade.fault(message, .asserted(by: .senderVouches), HandMade.assertionKeys())?.code
                == .invalidSecurity
        )
    }

    @Test("an issuer that is not trusted for assertions, a changed assertion, another key, no signature")
    func refused() throws {
        let policy = InboundPolicy.asserted(by: .holderOfKey)
        for version in Version.allCases {
            let message = try HandMade.holderOfKey(version)
            let partner = try StaticTrustedKeys(verifying: [HandMade.assertionIssuer.get().certificate])
            #expect(try HandMade.fault(message, policy, partner)?.code == .invalidSecurityToken)
            for (old, new) in [("uid=joe", "uid=eve"), ("urn:issuer", "urn:other"), ("4711", "4712")] {
                let fault = try HandMade.fault(message.replacing(old, with: new), policy, HandMade.assertionKeys())
                #expect(fault?.code == .failedCheck, "\(new)")
            }
            let stranger = try HandMade.holderOfKey(version, signer: Fixtures.receiver.get())
            #expect(try HandMade.fault(stranger, policy, HandMade.assertionKeys())?.code == .failedCheck)
            let unsigned = try HandMade.holderOfKey(version, isSigned: false)
            #expect(try HandMade.fault(unsigned, policy, HandMade.assertionKeys())?.code == .failedAuthentication)
            let wrapped = message.replacing(
                "<wsse:Security ",
                with: "<x \(version == .saml20 ? "ID" : "AssertionID")=\"A-1\"/><wsse:Security "
            )
            #expect(try HandMade.fault(wrapped, policy, HandMade.assertionKeys()) != nil)
        }
    }

    @Test("an assertion is in time, and for us")
    func conditions() throws {
        let message = try HandMade.holderOfKey(.saml20)
        var policy = InboundPolicy.asserted(by: .holderOfKey)
        for (offset, isValid) in [(-361.0, false), (-359, true), (0, true), (659, true), (661, false)] {
            let moment = Fixtures.now.addingTimeInterval(offset)
            let fault = try HandMade.fault(message, policy, HandMade.assertionKeys(), at: moment)
            #expect((fault == nil) == isValid, "\(offset)")
            #expect(fault == nil || fault?.code == .invalidSecurityToken)
        }
        policy.assertion?.audiences = ["urn:us"]
        #expect(try HandMade.fault(message, policy, HandMade.assertionKeys()) == nil)
        policy.assertion?.audiences = ["urn:them"]
        #expect(try HandMade.fault(message, policy, HandMade.assertionKeys())?.code == .invalidSecurityToken)
        let unknown = message.replacing("<a:AudienceRestriction>", with: "<a:Unknown/><a:AudienceRestriction>")
        #expect(try HandMade.fault(unknown, policy, HandMade.assertionKeys())?.code == .unsupportedSecurityToken)
        let none = try HandMade.senderVouches(.saml20, covering: ["body"]).replacing("<a:Assertion", with: "<a:Other")
            .replacing("</a:Assertion", with: "</a:Other")
        #expect(try HandMade.fault(none, policy, HandMade.assertionKeys())?.code == .unsupportedSecurityToken)
    }

    @Test("sender vouches: the sender's trusted signature covers the assertion", arguments: Version.allCases)
    func senderVouches(_ version: Version) throws {
        var policy = InboundPolicy.asserted(by: .senderVouches)
        policy.signed.insert(.samlAssertion)
        let covered = try HandMade.senderVouches(version, covering: ["body", "A-1"])
        let result = try HandMade.process(covered, policy)
        #expect(result.assertions.first?.isCovered == true && result.assertions.first?.confirmation == .senderVouches)
        #expect(result.signatures.first?.parts == [.body, .samlAssertion])
        let bare = try HandMade.senderVouches(version, covering: ["body"])
        #expect(try HandMade.fault(bare, policy)?.code == .invalidSecurity)
        #expect(try HandMade.fault(bare, .asserted(by: .senderVouches))?.code == .invalidSecurity)
        #expect(try HandMade.fault(bare, .asserted(by: nil)) == nil)
        #expect(try HandMade.fault(covered.replacing("uid=joe", with: "uid=eve"), policy)?.code == .failedCheck)
        let missing = try HandMade.fault(
            HandMade.signed(
                HandMade.envelope(""),
                by: .pair(Fixtures.sender.get()),
                keyInfo: HandMade.thumbprint(Fixtures.sender.get().certificate)
            ),
            .asserted(by: nil)
        )
        #expect(missing?.code == .invalidSecurity)
    }

    typealias Version = CarriedAssertion.Version
}
