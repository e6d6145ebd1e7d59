/// Everything that is done to a message that leaves.
public struct OutboundProtection: Sendable {
    /// How and with what the message is signed; `nil` = not at all.
    public var signature: (settings: SignatureSettings, credential: SigningCredential)?
    /// How and for whom the message is encrypted; `nil` = not at all.
    public var encryption: (settings: EncryptionSettings, recipient: Certificate)?
    /// Signatures besides the primary one, which endorse it when `.signature` is among their parts (WS-SecurityPolicy 1.3
    /// section 8.3); only together with `signature`.
    public var furtherSignatures: [(settings: SignatureSettings, credential: SigningCredential)] = []
    /// Certificates for which the content's key is wrapped besides that of `encryption`.
    public var furtherRecipients: [Certificate] = []
    /// Of the parts in the settings, header blocks and elements that a message may lack; every other one must be there.
    public var partsWherePresent: Set<MessagePart> = []
    /// Which comes first.
    public var order: ProtectionOrder
    /// The time from Created to Expires of the timestamp; `nil` = no timestamp.
    public var timestampLifetime: Duration?
    /// The user whose `wsse:UsernameToken` the message carries; `nil` = none.
    ///
    /// It is signed and encrypted where `.usernameToken` is among the parts.
    public var usernameToken: UsernameCredential?
    /// The SAML assertion that the message carries; `nil` = none.
    public var assertion: SAMLToken?
    /// The signature values of the request that this response confirms; empty for a request without signature, `nil` = no
    /// `wsse11:SignatureConfirmation` (WSS SOAP Message Security 1.1.1 section 8.5).
    public var confirmations: [[UInt8]]?
    /// The order of what stands in the header.
    public var layout = HeaderLayout.strict
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
