public import FoundationEssentials

/// A `wsse:UsernameToken` whose password was right; whether it was signed too is said by the signatures' parts.
///
/// Only the processor makes one.
public struct VerifiedUsernameToken: Hashable, Sendable {
    /// The user's name.
    public let name: String
    /// How the password was proved.
    public let form: UsernameTokenDemand.PasswordForm
    /// When the token was made, if it says so.
    public let createdAt: Date?
    /// The nonce, for replay caches.
    public let nonce: [UInt8]?

    init(name: String, form: UsernameTokenDemand.PasswordForm, createdAt: Date?, nonce: [UInt8]?) {
        self.name = name
        self.form = form
        self.createdAt = createdAt
        self.nonce = nonce
    }
}
