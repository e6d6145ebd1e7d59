import XML

/// A SAML assertion that a message carries (WSS SAML Token Profile 1.1.1), as it was issued.
public struct SAMLToken: Sendable {
    /// The assertion's element, octet for octet.
    public let octets: [UInt8]
    /// The version.
    public let version: CarriedAssertion.Version
    /// The assertion's id.
    public let id: String
    /// How the subject is confirmed: with `holderOfKey` the primary signature names the assertion as its key, with
    /// `senderVouches` it must cover the assertion.
    public let confirmation: CarriedAssertion.Confirmation

    /// Reads an assertion; throws a `SecurityFault` for anything else, and for an id that cannot be referred to.
    public init(_ assertion: [UInt8]) throws(SecurityFault) {
        let document = try XMLDocument(message: assertion, limits: .standard)
        let root = document.root
        guard
            document.isNamed(root, "Assertion", in: SAMLNamespace.assertion11)
                || document.isNamed(root, "Assertion", in: SAMLNamespace.assertion20)
        else { throw SecurityFault(.invalidSecurityToken, "this is no assertion of SAML 1.1 or 2.0") }
        let read = try Assertion(reading: root, in: document)
        guard read.id.isNCName else {
            throw SecurityFault(.invalidSecurityToken, "the assertion has no id that can be referred to")
        }
        octets = Array(document.octets[document.range(of: root)])
        version = read.version
        id = read.id
        confirmation = read.confirmation
    }
}
