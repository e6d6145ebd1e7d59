package import Keystore
package import WSSecurity

/// What a channel demands of the messages that it takes in, and whose keys it trusts for that.
package struct ChannelPolicy: Sendable {
    /// The aliases whose versions may have signed.
    ///
    /// No other key is trusted, whatever a message brings along.
    package let verify: [KeyAlias]
    /// The aliases whose private keys may be needed to decrypt.
    package let decrypt: [KeyAlias]
    /// The aliases whose versions may have endorsed; their signatures count for nothing else.
    package let endorse: [KeyAlias]
    /// What one of them must have signed; empty without `endorse`.
    package let endorsed: Set<MessagePart>
    /// The aliases whose versions may have issued SAML assertions; they are trusted for nothing else.
    package let issuers: [KeyAlias]
    /// The names under which the tenant's configuration keeps the users who may authenticate.
    package let users: [String]
    /// Whether a response must confirm the signatures of our request (WSS SOAP Message Security 1.1.1 section 8.5).
    package let confirmsSignatures: Bool
    /// The parts, algorithms and ages that are demanded and allowed.
    package let demands: InboundPolicy
    /// Whether a message whose signature or nonce was accepted before is known as such.
    package let detectsReplays: Bool
    /// The most octets of a message; `nil` = what the tenant allows.
    package let octetLimit: Int?
    /// Whether requests may bring a password as text that nothing but TLS hides, so that they are taken over TLS alone (WSS
    /// Username Token Profile 1.1.1 section 4).
    package let needsTLS: Bool
    /// Whether messages that meet the demands are kept as they arrived.
    package let savesIncoming: Bool
}
