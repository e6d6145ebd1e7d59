import XML

/// The supporting tokens of a policy (WS-SecurityPolicy 1.3 section 8): what the initiator adds to its requests.
struct SupportingTokens {
    /// A username token, and what becomes of it.
    struct User {
        let token: PolicyToken.Username
        let isSigned: Bool
        let isEncrypted: Bool
    }

    private(set) var user: User?
    /// The certificate that endorses: signs the primary signature, or the timestamp where the transport protects.
    private(set) var endorsing: (token: PolicyToken.X509, isSigned: Bool)?

    /// Reads `assertion` if it asks for supporting tokens; false for another one.
    mutating func read(
        _ assertion: PolicyAssertion,
        in document: XMLDocument
    ) throws(SecurityPolicyError) -> Bool {
        guard SecurityPolicyNamespace.isSecurityPolicy(assertion.name.namespace),
            let kind = Self.kinds[assertion.name.localName]
        else { return false }
        for nested in assertion.nested ?? [] {
            switch try PolicyToken(reading: nested, in: document) {
            case .username(let token) where !kind.endorses:
                guard user == nil else { throw .contradictory("two username tokens") }
                user = User(token: token, isSigned: kind.signs, isEncrypted: kind.encrypts)
            case .x509(let token) where kind.endorses && !kind.encrypts:
                guard endorsing == nil else { throw assertion.unsupported("there is one endorsing token at most") }
                endorsing = (token, kind.signs)
            case .username: throw assertion.unsupported("a password does not sign")
            case .x509: throw assertion.unsupported("a certificate that signs nothing proves nothing")
            }
        }
        return true
    }

    private typealias Kind = (signs: Bool, endorses: Bool, encrypts: Bool)

    private static let kinds: [String: Kind] = [
        "SupportingTokens": (false, false, false),
        "SignedSupportingTokens": (true, false, false),
        "EndorsingSupportingTokens": (false, true, false),
        "SignedEndorsingSupportingTokens": (true, true, false),
        "EncryptedSupportingTokens": (false, false, true),
        "SignedEncryptedSupportingTokens": (true, false, true),
        "EndorsingEncryptedSupportingTokens": (false, true, true),
        "SignedEndorsingEncryptedSupportingTokens": (true, true, true),
    ]
}
