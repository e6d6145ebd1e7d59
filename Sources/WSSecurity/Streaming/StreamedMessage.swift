/// A message that met its policy and lies in a file.
///
/// Only the processor makes one. The file holds what `ProcessedMessage.envelope` would be.
public struct StreamedMessage: Sendable {
    private let message: ProcessedMessage

    init(_ message: ProcessedMessage) { self.message = message }

    /// The envelope with a stand-in for the content of Body: small, and not verified as an envelope of its own.
    package var outline: [UInt8] { message.envelope }

    /// The SOAP version.
    public var version: SOAPVersion { message.version }
    /// The signatures, in the header's order.
    public var signatures: [VerifiedSignature] { message.signatures }
    /// The decryptions, in the header's order.
    public var decryptions: [Decryption] { message.decryptions }
    /// The timestamp, when there was one.
    public var timestamp: VerifiedTimestamp? { message.timestamp }
    /// The user who authenticated with a `wsse:UsernameToken`, when one did.
    public var usernameToken: VerifiedUsernameToken? { message.usernameToken }
    /// The SAML assertions, in the header's order.
    public var assertions: [CarriedAssertion] { message.assertions }
}
