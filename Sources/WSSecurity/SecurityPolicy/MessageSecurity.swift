/// What a policy asks of one message, without keys.
public struct MessageSecurity: Hashable, Sendable {
    /// What the transport must give.
    public enum Transport: String, Codable, Hashable, Sendable {
        /// The message protects itself.
        case any
        /// TLS.
        case tls
        /// TLS with a certificate of the client.
        case tlsWithClientCertificate
    }

    /// The form of a `wsse:UsernameToken`.
    public struct User: Hashable, Sendable {
        /// Whether the password travels as a digest.
        public var isHashed: Bool
        /// Whether there is a nonce.
        public var hasNonce: Bool
        /// Whether there is a time.
        public var hasCreated: Bool

        /// A form; the password as text alone unless told otherwise.
        public init(isHashed: Bool = false, hasNonce: Bool = false, hasCreated: Bool = false) {
            self.isHashed = isHashed
            self.hasNonce = hasNonce
            self.hasCreated = hasCreated
        }
    }

    /// The primary signature; `nil` = none.
    public var signature: SignatureSettings?
    /// The signature over the primary one; `nil` = none.
    public var endorsement: SignatureSettings?
    /// The encryption; `nil` = none.
    public var encryption: EncryptionSettings?
    /// Which comes first.
    public var order = ProtectionOrder.signThenEncrypt
    /// The order of the header.
    public var layout = HeaderLayout.lax
    /// Whether there is a timestamp.
    public var hasTimestamp = false
    /// The user's token; `nil` = none.
    public var user: User?
    /// Whether the message confirms the signatures of the one that it answers.
    public var confirmsSignatures = false
    /// What the transport must give.
    public var transport = Transport.any

    /// Nothing is asked.
    public init() {}
}
