import WSSecurity

/// A message that met the policy of its channel, without what was for us.
struct OpenedMessage: Sendable {
    /// The SOAP version.
    let version: SOAPVersion
    /// What may be forwarded.
    let entity: MessageEntity
    /// The envelope; of one that lies in a file, without the content of Body.
    let outline: [UInt8]
    /// The signatures, in the header's order.
    let signatures: [VerifiedSignature]
    /// The decryptions, in the header's order.
    let decryptions: [Decryption]
    /// The SAML assertions, in the header's order.
    let assertions: [CarriedAssertion]

    init(_ message: ProcessedMessage, in frame: MultipartFrame?) {
        version = message.version
        entity = MessageEntity(envelope: Payload(message.envelope), frame: frame)
        outline = message.envelope
        (signatures, decryptions, assertions) = (message.signatures, message.decryptions, message.assertions)
    }

    init(_ message: StreamedMessage, _ envelope: SpoolFile, in frame: MultipartFrame?) {
        version = message.version
        entity = MessageEntity(envelope: Payload(envelope), frame: frame)
        outline = message.outline
        (signatures, decryptions, assertions) = (message.signatures, message.decryptions, message.assertions)
    }
}
