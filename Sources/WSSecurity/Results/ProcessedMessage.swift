/// A message that met its policy.
///
/// Only the processor makes one.
public struct ProcessedMessage: Sendable {
    /// The SOAP version.
    public let version: SOAPVersion
    /// The envelope, decrypted and without the Security header that was for us: what may be forwarded.
    ///
    /// Comments within signed parts are dropped when the signature did not cover them.
    public let envelope: [UInt8]
    /// The child elements of the verified Body in the canonical form that was digested: comments are gone, references
    /// resolved, and each stands alone with the namespaces that it uses.
    public let body: [UInt8]
    /// The signatures, in the header's order.
    public let signatures: [VerifiedSignature]
    /// The decryptions, in the header's order.
    public let decryptions: [Decryption]
    /// The timestamp, when there was one.
    public let timestamp: VerifiedTimestamp?
    /// The user who authenticated with a `wsse:UsernameToken`, when one did.
    public let usernameToken: VerifiedUsernameToken?
    /// The SAML assertions, in the header's order.
    public let assertions: [CarriedAssertion]

    init(
        version: SOAPVersion,
        envelope: [UInt8],
        body: [UInt8],
        signatures: [VerifiedSignature],
        decryptions: [Decryption],
        timestamp: VerifiedTimestamp?,
        usernameToken: VerifiedUsernameToken?,
        assertions: [CarriedAssertion]
    ) {
        self.version = version
        self.envelope = envelope
        self.body = body
        self.signatures = signatures
        self.decryptions = decryptions
        self.timestamp = timestamp
        self.usernameToken = usernameToken
        self.assertions = assertions
    }
}
