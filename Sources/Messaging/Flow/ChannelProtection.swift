package import Keystore
package import WSSecurity

/// How a channel protects the messages that it sends.
///
/// Keys are named by alias and resolved when a message is sent.
package struct ChannelProtection: Sendable {
    /// The alias that signs; `nil` to leave messages unsigned.
    package let sign: KeyAlias?
    /// The alias of the partner's certificate to encrypt to; `nil` to leave messages in the clear.
    package let encrypt: KeyAlias?
    /// How messages are signed.
    package let signature: SignatureSettings
    /// How messages are encrypted.
    package let encryption: EncryptionSettings
    /// Which of the two is done first.
    package let order: ProtectionOrder
    /// How long the Timestamp says that a message lives; `nil` = messages have no Timestamp.
    package let timestampLifetime: Duration?
    /// The order of what stands in the Security header.
    package let layout: HeaderLayout
    /// The actor (SOAP 1.1) or role (SOAP 1.2) that the Security header is for; `nil` = the ultimate receiver.
    package let actor: String?
    /// The user whose token messages carry; `nil` = none.
    package let user: ChannelUser?
    /// The aliases that sign besides `sign`.
    package let endorse: [KeyAlias]
    /// How each of them signs.
    package let endorsement: SignatureSettings
    /// Whether a response confirms the signatures of the request (WSS SOAP Message Security 1.1.1 section 8.5).
    package let confirmsSignatures: Bool
    /// The SAML assertion that messages carry; `nil` = none.
    package let assertion: ChannelAssertion?
}
