/// What a receiver demands of a `wsse:UsernameToken` (WSS Username Token Profile 1.1.1 section 3).
public struct UsernameTokenDemand: Hashable, Sendable {
    /// How a token proves the password.
    public enum PasswordForm: String, CaseIterable, Codable, Hashable, Sendable {
        /// `#PasswordText`: the password itself; only for transports that nobody reads, or encrypted.
        case text
        /// `#PasswordDigest`: the SHA-1 of nonce, moment and password.
        case digest
    }

    /// Whether there must be a token; when not, one that comes is checked all the same.
    public var isRequired: Bool
    /// The forms that are allowed.
    public var forms: Set<PasswordForm>
    /// Whether there must be a `wsse:Nonce`.
    public var requiresNonce: Bool
    /// Whether there must be a `wsu:Created`.
    public var requiresCreated: Bool
    /// The greatest age of a token, counted from `wsu:Created`.
    public var maximumAge: Duration

    /// A demand; a digest with nonce and moment no older than 300 seconds unless told otherwise.
    public init(
        isRequired: Bool = true,
        forms: Set<PasswordForm> = [.digest],
        requiresNonce: Bool = true,
        requiresCreated: Bool = true,
        maximumAge: Duration = .seconds(300)
    ) {
        self.isRequired = isRequired
        self.forms = forms
        self.requiresNonce = requiresNonce
        self.requiresCreated = requiresCreated
        self.maximumAge = maximumAge
    }
}
