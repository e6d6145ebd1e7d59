/// Everything that is done to a message that leaves.
public struct OutboundProtection: Sendable {
    /// How and with what the message is signed; `nil` = not at all.
    public var signature: (settings: SignatureSettings, credential: SigningCredential)?
    /// How and for whom the message is encrypted; `nil` = not at all.
    public var encryption: (settings: EncryptionSettings, recipient: Certificate)?
    /// Which comes first.
    public var order: ProtectionOrder
    /// The time from Created to Expires of the timestamp; `nil` = no timestamp.
    public var timestampLifetime: Duration?
    /// The actor (SOAP 1.1) or role (SOAP 1.2) that the header is for; `nil` = the ultimate receiver.
    public var actor: String?
    /// Whether a Security header that the message has for `actor` already is added to, in front of what it holds (WSS SOAP
    /// Message Security 1.1.1 section 5); else such a message is refused.
    public var extendsHeader: Bool

    /// A protection; a timestamp of 300 seconds unless told otherwise.
    public init(
        signature: (settings: SignatureSettings, credential: SigningCredential)? = nil,
        encryption: (settings: EncryptionSettings, recipient: Certificate)? = nil,
        order: ProtectionOrder = .signThenEncrypt,
        timestampLifetime: Duration? = .seconds(300),
        actor: String? = nil,
        extendsHeader: Bool = false
    ) {
        self.signature = signature
        self.encryption = encryption
        self.order = order
        self.timestampLifetime = timestampLifetime
        self.actor = actor
        self.extendsHeader = extendsHeader
    }
}
