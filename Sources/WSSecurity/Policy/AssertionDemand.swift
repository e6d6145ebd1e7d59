/// What a receiver demands of SAML assertions (WSS SAML Token Profile 1.1.1).
public struct AssertionDemand: Hashable, Sendable {
    /// How the subject of each assertion must be confirmed; `nil` = assertions are carried, whatever they say.
    ///
    /// `holderOfKey`: a trusted issuer signed the assertion, and a signature by the key that it confirms covers all
    /// demanded parts. `senderVouches`: one signature that counts covers the assertion and all demanded parts.
    public var confirmation: CarriedAssertion.Confirmation?
    /// Whether there must be an assertion; when not, those that come are checked all the same.
    public var isRequired: Bool
    /// The audiences that we are; a restriction to others is refused.
    ///
    /// Empty = restrictions are not looked at.
    public var audiences: Set<String>

    /// A demand; for any assertion unless told otherwise.
    public init(
        confirmation: CarriedAssertion.Confirmation? = nil,
        isRequired: Bool = true,
        audiences: Set<String> = []
    ) {
        self.confirmation = confirmation
        self.isRequired = isRequired
        self.audiences = audiences
    }
}
