/// A user's name with the password that proves it, for a `wsse:UsernameToken`.
public struct UsernameCredential: Sendable {
    /// The user's name, as it stands in `wsse:Username`.
    public let name: String
    /// The password.
    public let password: SharedKey
    /// How the token proves the password.
    public var form: UsernameTokenDemand.PasswordForm
    /// Whether there is a `wsse:Nonce`.
    public var includesNonce: Bool
    /// Whether there is a `wsu:Created`.
    public var includesCreated: Bool

    /// A credential; its token is a digest with nonce and moment unless told otherwise.
    public init(
        name: String,
        password: SharedKey,
        form: UsernameTokenDemand.PasswordForm = .digest,
        includesNonce: Bool = true,
        includesCreated: Bool = true
    ) {
        self.name = name
        self.password = password
        self.form = form
        self.includesNonce = includesNonce
        self.includesCreated = includesCreated
    }
}
