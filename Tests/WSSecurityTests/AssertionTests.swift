import Cryptography
import FoundationEssentials
import Testing
import XML

@testable import WSSecurity

@Suite("SAML assertions: carried, holder of key, sender vouches")
struct AssertionTests {
    @Test("holder of key: a trusted issuer confirms the key that signed", arguments: Version.allCases)
    func holderOfKey(_ version: Version) throws {
        let message = try Self.holderOfKey(version)
        let result = try HandMade.process(message, Self.policy(.holderOfKey), Self.keys())
        let assertion = try #require(result.assertions.first)
        #expect(assertion.version == version && assertion.id == "A-1" && assertion.issuerName == "urn:issuer")
        #expect(assertion.subject == "uid=joe" && assertion.confirmation == .holderOfKey)
        #expect(assertion.issuer == (try Self.issuer.get().certificate))
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
        let message = try Self.holderOfKey(version)
        let expected = try HandMade.process(message, Self.policy(.holderOfKey), Self.keys()).assertions
        let actual = try HandMade.streamed(message, Self.policy(.holderOfKey), Self.keys()).assertions
        #expect(actual.count == 1 && actual.map(\.octets) == expected.map(\.octets))
        #expect(actual.first?.isKeyProved == true && actual.first?.subject == "uid=joe")
    }

    @Test("its signature counts for nothing unless the policy demands holder of key")
    func notDemanded() throws {
        let message = try Self.holderOfKey(.saml20)
        #expect(try HandMade.fault(message, .signedBody, Self.keys())?.code == .unsupportedSecurityToken)
        #expect(try HandMade.fault(message, Self.policy(nil), Self.keys())?.code == .invalidSecurity)
        #expect(try HandMade.fault(message, Self.policy(.senderVouches), Self.keys())?.code == .invalidSecurity)
    }

    @Test("an issuer that is not trusted for assertions, a changed assertion, another key, no signature")
    func refused() throws {
        let policy = Self.policy(.holderOfKey)
        for version in Version.allCases {
            let message = try Self.holderOfKey(version)
            let partner = try StaticTrustedKeys(verifying: [Self.issuer.get().certificate])
            #expect(try HandMade.fault(message, policy, partner)?.code == .invalidSecurityToken)
            for (old, new) in [("uid=joe", "uid=eve"), ("urn:issuer", "urn:other"), ("4711", "4712")] {
                let fault = try HandMade.fault(message.replacing(old, with: new), policy, Self.keys())
                #expect(fault?.code == .failedCheck, "\(new)")
            }
            let stranger = try Self.holderOfKey(version, signer: Fixtures.receiver.get())
            #expect(try HandMade.fault(stranger, policy, Self.keys())?.code == .failedCheck)
            let unsigned = try Self.holderOfKey(version, isSigned: false)
            #expect(try HandMade.fault(unsigned, policy, Self.keys())?.code == .failedAuthentication)
            let wrapped = message.replacing(
                "<wsse:Security ",
                with: "<x \(version == .saml20 ? "ID" : "AssertionID")=\"A-1\"/><wsse:Security "
            )
            #expect(try HandMade.fault(wrapped, policy, Self.keys()) != nil)
        }
    }

    @Test("an assertion is in time, and for us")
    func conditions() throws {
        let message = try Self.holderOfKey(.saml20)
        var policy = Self.policy(.holderOfKey)
        for (offset, isValid) in [(-361.0, false), (-359, true), (0, true), (659, true), (661, false)] {
            let moment = Fixtures.now.addingTimeInterval(offset)
            let fault = try HandMade.fault(message, policy, Self.keys(), at: moment)
            #expect((fault == nil) == isValid, "\(offset)")
            #expect(fault == nil || fault?.code == .invalidSecurityToken)
        }
        policy.assertion?.audiences = ["urn:us"]
        #expect(try HandMade.fault(message, policy, Self.keys()) == nil)
        policy.assertion?.audiences = ["urn:them"]
        #expect(try HandMade.fault(message, policy, Self.keys())?.code == .invalidSecurityToken)
        let unknown = message.replacing("<a:AudienceRestriction>", with: "<a:Unknown/><a:AudienceRestriction>")
        #expect(try HandMade.fault(unknown, policy, Self.keys())?.code == .unsupportedSecurityToken)
        let none = try Self.senderVouches(.saml20, covering: ["body"]).replacing("<a:Assertion", with: "<a:Other")
            .replacing("</a:Assertion", with: "</a:Other")
        #expect(try HandMade.fault(none, policy, Self.keys())?.code == .unsupportedSecurityToken)
    }

    @Test("sender vouches: the sender's trusted signature covers the assertion", arguments: Version.allCases)
    func senderVouches(_ version: Version) throws {
        var policy = Self.policy(.senderVouches)
        policy.signed.insert(.samlAssertion)
        let covered = try Self.senderVouches(version, covering: ["body", "A-1"])
        let result = try HandMade.process(covered, policy)
        #expect(result.assertions.first?.isCovered == true && result.assertions.first?.confirmation == .senderVouches)
        #expect(result.signatures.first?.parts == [.body, .samlAssertion])
        let bare = try Self.senderVouches(version, covering: ["body"])
        #expect(try HandMade.fault(bare, policy)?.code == .invalidSecurity)
        #expect(try HandMade.fault(bare, Self.policy(.senderVouches))?.code == .invalidSecurity)
        #expect(try HandMade.fault(bare, Self.policy(nil)) == nil)
        #expect(try HandMade.fault(covered.replacing("uid=joe", with: "uid=eve"), policy)?.code == .failedCheck)
        let missing = try HandMade.fault(
            HandMade.signed(
                HandMade.envelope(""),
                by: .pair(Fixtures.sender.get()),
                keyInfo: HandMade.thumbprint(Fixtures.sender.get().certificate)
            ),
            Self.policy(nil)
        )
        #expect(missing?.code == .invalidSecurity)
    }

    typealias Version = CarriedAssertion.Version

    private static let issuer = Result { try Fixtures.Pair.made(.rsa2048, "CN=issuer") }

    private static func keys() throws -> StaticTrustedKeys {
        StaticTrustedKeys(assertionIssuers: [try issuer.get().certificate])
    }

    private static func policy(_ confirmation: CarriedAssertion.Confirmation?) -> InboundPolicy {
        var policy = InboundPolicy.signedBody
        policy.assertion = AssertionDemand(confirmation: confirmation)
        return policy
    }

    /// An assertion of the sender's key, signed by the issuer, and a signature over Body by that key.
    private static func holderOfKey(
        _ version: Version,
        signer: Fixtures.Pair? = nil,
        isSigned: Bool = true
    ) throws -> String {
        let certificate = try Fixtures.sender.get().certificate
        let data =
            "<ds:X509Data><ds:X509Certificate>\(Base64.encode(certificate.der))</ds:X509Certificate></ds:X509Data>"
        let keyInfo = "<ds:KeyInfo xmlns:ds=\"\(HandMade.dsig)\">\(data)</ds:KeyInfo>"
        var message = HandMade.envelope(assertion(version, method: "holder-of-key", keyInfo: keyInfo))
        if isSigned {
            let pair = try issuer.get()
            let reference = HandMade.Reference(
                id: "A-1",
                octets: try HandMade.canonical("A-1", in: message),
                transforms: HandMade.transform(HandMade.dsig + "enveloped-signature") + HandMade.exclusive
            )
            let signature = try HandMade.signature(
                id: "A-SIG",
                over: [reference],
                by: .pair(pair),
                keyInfo: HandMade.thumbprint(pair.certificate)
            )
            message = message.replacing("</a:Assertion>", with: signature + "</a:Assertion>")
        }
        let type = version == .saml20 ? "1.1#SAMLID" : "1.0#SAMLAssertionID"
        let reference =
            "<wsse:SecurityTokenReference xmlns:wsse=\"\(WSSNamespace.extension)\"><wsse:KeyIdentifier"
            + " ValueType=\"http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-\(type)\">A-1</wsse:KeyIdentifier>"
            + "</wsse:SecurityTokenReference>"
        return try HandMade.signed(
            message,
            by: .pair(signer ?? Fixtures.sender.get()),
            keyInfo: reference
        )
    }

    private static func senderVouches(_ version: Version, covering ids: [String]) throws -> String {
        let pair = try Fixtures.sender.get()
        return try HandMade.signed(
            HandMade.envelope(assertion(version, method: "sender-vouches", keyInfo: "")),
            over: ids,
            by: .pair(pair),
            keyInfo: HandMade.thumbprint(pair.certificate)
        )
    }

    private static func assertion(_ version: Version, method: String, keyInfo: String) -> String {
        let from = DateTime.text(of: Fixtures.now.addingTimeInterval(-300))
        let to = DateTime.text(of: Fixtures.now.addingTimeInterval(600))
        let validity = "NotBefore=\"\(from)\" NotOnOrAfter=\"\(to)\""
        switch version {
        case .saml20:
            return
                "<a:Assertion xmlns:a=\"\(SAMLNamespace.assertion20)\" ID=\"A-1\" Version=\"2.0\" IssueInstant=\"\(from)\">"
                + "<a:Issuer>urn:issuer</a:Issuer><a:Subject><a:NameID>uid=joe</a:NameID><a:SubjectConfirmation"
                + " Method=\"urn:oasis:names:tc:SAML:2.0:cm:\(method)\"><a:SubjectConfirmationData>\(keyInfo)"
                + "</a:SubjectConfirmationData></a:SubjectConfirmation></a:Subject><a:Conditions \(validity)>"
                + "<a:AudienceRestriction><a:Audience>urn:us</a:Audience></a:AudienceRestriction></a:Conditions>"
                + "</a:Assertion>"
        case .saml11:
            return "<a:Assertion xmlns:a=\"\(SAMLNamespace.assertion11)\" AssertionID=\"A-1\" MajorVersion=\"1\""
                + " MinorVersion=\"1\" Issuer=\"urn:issuer\" IssueInstant=\"\(from)\"><a:Conditions \(validity)/>"
                + "<a:AuthenticationStatement><a:Subject><a:NameIdentifier>uid=joe</a:NameIdentifier>"
                + "<a:SubjectConfirmation><a:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:\(method)"
                + "</a:ConfirmationMethod>\(keyInfo)</a:SubjectConfirmation></a:Subject></a:AuthenticationStatement>"
                + "</a:Assertion>"
        }
    }
}
