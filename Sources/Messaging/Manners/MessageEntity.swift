import WSSecurity

/// A SOAP message as HTTP carries it: an envelope, alone or as the root part of a multipart message.
struct MessageEntity: Sendable {
    /// The envelope.
    var envelope: Payload
    /// What is round it; `nil` when it is alone.
    let frame: MultipartFrame?

    init(envelope: Payload, frame: MultipartFrame? = nil) {
        self.envelope = envelope
        self.frame = frame
    }

    /// Takes apart what came in under `contentType`; throws a ``MIMEError``, or a `LargeMessageError`.
    init(_ payload: Payload, contentType: String) throws {
        guard MediaType.essence(contentType) == MediaType.related else {
            self.init(envelope: payload)
            return
        }
        let (frame, root) = try MultipartFrame.read(payload, contentType: contentType)
        self.init(envelope: root, frame: frame)
    }

    /// What HTTP carries; throws a ``MIMEError`` when the envelope cannot be the root part.
    func payload() throws -> Payload { try frame?.message(round: envelope) ?? envelope }

    /// The value of `Content-Type`: that of the multipart message as it came, or ours.
    func contentType(_ version: SOAPVersion, action: String? = nil) -> String {
        frame?.contentType ?? MediaType.contentType(of: version, action: action)
    }
}
