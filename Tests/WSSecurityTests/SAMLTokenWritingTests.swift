import Cryptography
import Foundation
import Testing
import WSSecurity
import XML

@Suite("A SAML assertion is carried as it was issued")
struct SAMLTokenWritingTests {
    private static func assertion20(_ method: String) -> String {
        """
        <saml2:Assertion xmlns:saml2="urn:oasis:names:tc:SAML:2.0:assertion" ID="_a1" Version="2.0" \
        IssueInstant="2026-11-20T00:00:00Z"><saml2:Issuer>issuer</saml2:Issuer><saml2:Subject>\
        <saml2:NameID>user</saml2:NameID><saml2:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:\(method)"/>\
        </saml2:Subject></saml2:Assertion>
        """
    }

    private static let assertion11 = """
        <Assertion xmlns="urn:oasis:names:tc:SAML:1.0:assertion" AssertionID="_b1" Issuer="issuer" MajorVersion="1" \
        MinorVersion="1" IssueInstant="2026-11-20T00:00:00Z"><AuthenticationStatement AuthenticationMethod="urn:m" \
        AuthenticationInstant="2026-11-20T00:00:00Z"><Subject><NameIdentifier>user</NameIdentifier><SubjectConfirmation>\
        <ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:sender-vouches</ConfirmationMethod></SubjectConfirmation></Subject>\
        </AuthenticationStatement></Assertion>
        """

    private static func written(_ assertion: String, _ settings: SignatureSettings?) throws -> WrittenMessage {
        var protection = try Fixtures.protection(settings ?? SignatureSettings(), nil)
        if settings == nil { protection.signature = nil }
        protection.assertion = try SAMLToken(Array(assertion.utf8))
        let message = try MessageProtector(protection).protect(Fixtures.envelope(), now: Fixtures.now)
        #expect(String(decoding: message, as: UTF8.self).contains(assertion))
        return try WrittenMessage(message)
    }

    @Test("alone, when its bearer is confirmed")
    func bearer() throws {
        let message = try Self.written(Self.assertion20("bearer"), nil)
        #expect(message.children == ["Timestamp", "Assertion"])
    }

    @Test("and signed by the sender who vouches, by its id or by a reference to it")
    func senderVouches() throws {
        let parts: [MessagePart] = [.body, .timestamp, .samlAssertion]
        let direct = try Self.written(Self.assertion20("sender-vouches"), SignatureSettings(parts: parts))
        #expect(direct.children == ["Timestamp", "Assertion", "BinarySecurityToken", "Signature"])
        #expect(direct.references().last == "#_a1")
        let settings = SignatureSettings(usesSTRTransform: true, parts: parts)
        let reference = try Self.written(Self.assertion20("sender-vouches"), settings)
        #expect(
            reference.children == [
                "Timestamp", "Assertion", "SecurityTokenReference", "BinarySecurityToken", "Signature",
            ]
        )
        #expect(reference.targets().last == "SecurityTokenReference")
        #expect(reference.text(of: "KeyIdentifier") == "_a1")
        #expect(reference.attribute("ValueType", of: reference.first("KeyIdentifier"))?.hasSuffix("#SAMLID") == true)
    }

    @Test("so that a reader who demands it finds it vouched for", arguments: [true, false])
    func roundTrip(usesSTRTransform: Bool) throws {
        for assertion in [Self.assertion20("sender-vouches"), Self.assertion11] {
            let settings = SignatureSettings(
                usesSTRTransform: usesSTRTransform,
                parts: [.body, .timestamp, .samlAssertion]
            )
            let message = try Self.written(assertion, settings)
            var policy = InboundPolicy(signed: [.body, .timestamp, .samlAssertion])
            policy.assertion = AssertionDemand(confirmation: .senderVouches)
            let result = try Fixtures.process(message.document.octets, policy)
            #expect(result.assertions.map(\.isCovered) == [true])
            #expect(result.assertions.map(\.subject) == ["user"])
        }
    }

    @Test("by a reference where it is of SAML 1.1, whose ids not every reader knows")
    func version11() throws {
        let message = try Self.written(
            Self.assertion11,
            SignatureSettings(parts: [.body, .timestamp, .samlAssertion])
        )
        #expect(message.targets().last == "SecurityTokenReference")
        #expect(
            message.attribute("ValueType", of: message.first("KeyIdentifier"))?.hasSuffix("#SAMLAssertionID") == true
        )
        let digest = try #require(message.all("DigestValue").last.map { message.document.text(of: $0) })
        let token = try #require(message.first("Assertion"))
        let octets = message.document.canonicalOctets(of: token, by: Canonicalization(.exclusive10))
        #expect(Base64.decode(digest) == DigestAlgorithm.sha256.digest(of: octets))
    }

    @Test("as the key of the signature, when its holder is confirmed by a key")
    func holderOfKey() throws {
        let message = try Self.written(
            Self.assertion20("holder-of-key"),
            SignatureSettings(parts: [.body, .timestamp, .signatureToken])
        )
        #expect(message.children == ["Timestamp", "Assertion", "Signature"])
        #expect(message.children(of: "SecurityTokenReference") == ["KeyIdentifier"])
        #expect(message.text(of: "KeyIdentifier") == "_a1")
        #expect(message.references().last == "#_a1")
    }

    @Test("but not when what its confirmation promises is not done", arguments: ["sender-vouches", "holder-of-key"])
    func unconfirmed(_ method: String) throws {
        let settings = method == "sender-vouches" ? SignatureSettings() : nil
        let fault = #expect(throws: SecurityFault.self) {
            try Self.written(Self.assertion20(method), settings)
        }
        #expect(fault?.cause.contains(method) == true)
    }

    @Test(
        "and nothing else is taken for one",
        arguments: [
            "<a/>", "", "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\"/>",
            "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"a b\"/>",
            "<saml2:Assertion xmlns:saml2=\"urn:oasis:names:tc:SAML:2.0:assertion\" ID=\"&quot;\"/>",
        ]
    )
    func malformed(_ text: String) {
        #expect(throws: SecurityFault.self) { try SAMLToken(Array(text.utf8)) }
    }
}
