/// What a receiver demands of a message and what it allows.
///
/// Nothing demanded = the header is still processed.
public struct InboundPolicy: Sendable {
    /// The parts that a trusted signature must cover.
    public var signed: Set<MessagePart>
    /// The parts whose whole content must arrive encrypted.
    public var encrypted: Set<MessagePart>
    /// The parts that a trusted signature must cover when they are there.
    public var signedWherePresent: Set<MessagePart> = []
    /// The parts that must arrive encrypted when they are there.
    public var encryptedWherePresent: Set<MessagePart> = []
    /// Whether there must be a timestamp.
    ///
    /// Put `.timestamp` in `signed` to have it signed as well.
    public var requiresTimestamp: Bool
    /// The order that must be kept when a message is both signed and encrypted; `nil` = either.
    public var order: ProtectionOrder?
    /// The signature algorithms that are allowed.
    public var signatureAlgorithms: Set<SignatureMethod> = SignatureMethod.recommended
    /// The hashes that references may use.
    public var digestAlgorithms: Set<DigestAlgorithm> = [.sha256, .sha384, .sha512]
    /// The ciphers that are allowed.
    ///
    /// CBC is an explicit opt-in.
    public var encryptionAlgorithms: Set<EncryptionMethod> = EncryptionMethod.recommended
    /// The ways of wrapping keys that are allowed.
    public var keyTransports: Set<KeyTransportMethod> = KeyTransportMethod.recommended
    /// The greatest age of a timestamp, counted from Created, whatever it says of Expires.
    public var maximumAge: Duration
    /// How far clocks may differ, either way.
    public var clockSkew: Duration
    /// What is demanded of a `wsse:UsernameToken`; `nil` = a message that brings one is refused.
    public var usernameToken: UsernameTokenDemand?
    /// What is demanded of SAML assertions; `nil` = a message that brings one is refused.
    public var assertion: AssertionDemand?
    /// What is demanded of a signature besides the primary one; `nil` = nothing.
    public var endorsement: EndorsementDemand?
    /// The values of our request's signatures, which the response must confirm, signed, each and no other.
    ///
    /// Empty = our request was not signed, which the response must confirm too; `nil` = nothing is expected.
    public var confirmations: Set<[UInt8]>?
    /// The order that the Security header must keep; `nil` = any.
    public var layout: HeaderLayout?
    /// The names of the shared keys whose HMAC counts as a signature of a demanded part; others prove nothing here.
    public var acceptedSharedKeys: Set<String> = []
    /// Whether ids and references to them may be other than an XML name without colon (`NCName`), as some stacks write.
    public var allowsForeignIdentifiers = false
    /// What a message may cost.
    public var limits = ProcessingLimits()
    /// The actor (SOAP 1.1) or role (SOAP 1.2) that we act in; `nil` = the ultimate receiver.
    public var actor: String?

    /// A policy; a signed body and timestamp no older than 300 seconds unless told otherwise.
    public init(
        signed: Set<MessagePart> = [.body, .timestamp],
        encrypted: Set<MessagePart> = [],
        requiresTimestamp: Bool = true,
        order: ProtectionOrder? = nil,
        maximumAge: Duration = .seconds(300),
        clockSkew: Duration = .seconds(60),
        actor: String? = nil
    ) {
        self.signed = signed
        self.encrypted = encrypted
        self.requiresTimestamp = requiresTimestamp
        self.order = order
        self.maximumAge = maximumAge
        self.clockSkew = clockSkew
        self.actor = actor
    }
}
