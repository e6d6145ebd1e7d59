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
    /// The parts, algorithms and ages that are demanded and allowed.
    package let demands: InboundPolicy
    /// Whether a message whose signature or nonce was accepted before is known as such.
    package let detectsReplays: Bool
    /// Whether messages that meet the demands are kept as they arrived.
    package let savesIncoming: Bool
}
