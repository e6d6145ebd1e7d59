import Cryptography
import FoundationEssentials

@testable import WSSecurity

/// Messages with SAML assertions.
extension HandMade {
    static let assertionIssuer = Result { try Fixtures.Pair.made(.rsa2048, "CN=issuer") }

    /// `Fixtures.sender` as partner, and the issuer of assertions.
    static func assertionKeys() throws -> StaticTrustedKeys {
        StaticTrustedKeys(assertionIssuers: [try assertionIssuer.get().certificate])
    }

    /// An assertion of the sender's key, signed by the issuer, and a signature over Body by that key.
    static func holderOfKey(
        _ version: CarriedAssertion.Version,
        signer: Fixtures.Pair? = nil,
        isSigned: Bool = true
    ) throws -> String {
        let assertion = try assertion(version, confirming: Fixtures.sender.get(), isSigned: isSigned)
        return try signed(
            envelope(assertion),
            by: .pair(signer ?? Fixtures.sender.get()),
            keyInfo: assertionReference(version)
        )
    }

    /// A vouched-for assertion, and a signature of the sender over the elements with those ids.
    static func senderVouches(_ version: CarriedAssertion.Version, covering ids: [String]) throws -> String {
        let pair = try Fixtures.sender.get()
        return try signed(
            envelope(assertion(version, method: "sender-vouches", keyInfo: "")),
            over: ids,
            by: .pair(pair),
            keyInfo: thumbprint(pair.certificate)
        )
    }

    /// An assertion that confirms `holder`'s key; signed by `issuer`, or the trusted one.
    static func assertion(
        _ version: CarriedAssertion.Version,
        id: String = "A-1",
        subject: String = "uid=joe",
        confirming holder: Fixtures.Pair,
        by issuer: Fixtures.Pair? = nil,
        isSigned: Bool = true
    ) throws -> String {
        let data =
            "<ds:X509Data><ds:X509Certificate>\(Base64.encode(holder.certificate.der))</ds:X509Certificate></ds:X509Data>"
        let keyInfo = "<ds:KeyInfo xmlns:ds=\"\(dsig)\">\(data)</ds:KeyInfo>"
        let plain = assertion(version, id: id, subject: subject, method: "holder-of-key", keyInfo: keyInfo)
        guard isSigned else { return plain }
        let pair = try issuer ?? assertionIssuer.get()
        let reference = Reference(
            id: id,
            octets: try canonical(id, in: envelope(plain)),
            transforms: transform(dsig + "enveloped-signature") + exclusive
        )
        let signature = try signature(
            id: id + "-SIG",
            over: [reference],
            by: .pair(pair),
            keyInfo: thumbprint(pair.certificate)
        )
        return plain.replacing("</a:Assertion>", with: signature + "</a:Assertion>")
    }

    /// A reference to the assertion with that id.
    static func assertionReference(_ version: CarriedAssertion.Version, id: String = "A-1") -> String {
        let type = version == .saml20 ? "1.1#SAMLID" : "1.0#SAMLAssertionID"
        return "<wsse:SecurityTokenReference xmlns:wsse=\"\(WSSNamespace.extension)\"><wsse:KeyIdentifier"
            + " ValueType=\"http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-\(type)\">\(id)"
            + "</wsse:KeyIdentifier></wsse:SecurityTokenReference>"
    }

    /// An assertion without signature.
    static func assertion(
        _ version: CarriedAssertion.Version,
        id: String = "A-1",
        subject: String = "uid=joe",
        method: String,
        keyInfo: String = ""
    ) -> String {
        let from = DateTime.text(of: Fixtures.now.addingTimeInterval(-300))
        let to = DateTime.text(of: Fixtures.now.addingTimeInterval(600))
        let validity = "NotBefore=\"\(from)\" NotOnOrAfter=\"\(to)\""
        switch version {
        case .saml20:
            return
                "<a:Assertion xmlns:a=\"\(SAMLNamespace.assertion20)\" ID=\"\(id)\" Version=\"2.0\""
                + " IssueInstant=\"\(from)\">"
                + "<a:Issuer>urn:issuer</a:Issuer><a:Subject><a:NameID>\(subject)</a:NameID><a:SubjectConfirmation"
                + " Method=\"urn:oasis:names:tc:SAML:2.0:cm:\(method)\"><a:SubjectConfirmationData>\(keyInfo)"
                + "</a:SubjectConfirmationData></a:SubjectConfirmation></a:Subject><a:Conditions \(validity)>"
                + "<a:AudienceRestriction><a:Audience>urn:us</a:Audience></a:AudienceRestriction></a:Conditions>"
                + "</a:Assertion>"
        case .saml11:
            return "<a:Assertion xmlns:a=\"\(SAMLNamespace.assertion11)\" AssertionID=\"\(id)\" MajorVersion=\"1\""
                + " MinorVersion=\"1\" Issuer=\"urn:issuer\" IssueInstant=\"\(from)\"><a:Conditions \(validity)/>"
                + "<a:AuthenticationStatement><a:Subject><a:NameIdentifier>\(subject)</a:NameIdentifier>"
                + "<a:SubjectConfirmation><a:ConfirmationMethod>urn:oasis:names:tc:SAML:1.0:cm:\(method)"
                + "</a:ConfirmationMethod>\(keyInfo)</a:SubjectConfirmation></a:Subject></a:AuthenticationStatement>"
                + "</a:Assertion>"
        }
    }
}

extension InboundPolicy {
    /// Demands a signature over Body, and assertions that are confirmed in that way.
    static func asserted(by confirmation: CarriedAssertion.Confirmation?) -> InboundPolicy {
        var policy = signedBody
        policy.assertion = AssertionDemand(confirmation: confirmation)
        return policy
    }
}
