package import WSSecurity

/// The user that a channel sends in a `wsse:UsernameToken` (WSS Username Token Profile 1.1.1).
package struct ChannelUser: Hashable, Sendable {
    /// The name under which the tenant's configuration keeps user and password.
    package let credential: String
    /// How the token proves the password.
    package let password: UsernameTokenDemand.PasswordForm
    /// Whether there is a `wsse:Nonce`.
    package let hasNonce: Bool
    /// Whether there is a `wsu:Created`.
    package let hasCreated: Bool
}
