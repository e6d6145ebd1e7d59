/// A decryption that succeeded.
///
/// Only the processor makes one.
public struct Decryption: Sendable {
    /// The certificate whose key opened the wrapped key.
    public let certificate: Certificate
    /// What the message said about the key.
    public let hint: KeyHint
    /// The structural parts that were encrypted.
    public let parts: [MessagePart]
    /// The URI of the content's cipher; empty when the wrapped key was used for nothing.
    public let algorithm: String

    init(certificate: Certificate, hint: KeyHint, parts: [MessagePart], algorithm: String) {
        self.certificate = certificate
        self.hint = hint
        self.parts = parts
        self.algorithm = algorithm
    }
}
