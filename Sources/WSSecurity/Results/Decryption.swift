/// A decryption that succeeded.
///
/// Only the processor makes one.
public struct Decryption: Sendable {
    /// What opened encrypted parts.
    public enum Opener: Hashable, Sendable {
        /// The private key that belongs to a certificate of ours.
        case certificate(Certificate)
        /// The shared key of that name.
        case sharedKey(name: String)
    }

    /// What opened the parts, or the key that they were encrypted with.
    public let opener: Opener
    /// What the message said about the key.
    public let hint: KeyHint
    /// The structural parts that were encrypted.
    public let parts: [MessagePart]
    /// The URI of the content's cipher; empty when the wrapped key was used for nothing.
    public let algorithm: String

    init(opener: Opener, hint: KeyHint, parts: [MessagePart], algorithm: String) {
        self.opener = opener
        self.hint = hint
        self.parts = parts
        self.algorithm = algorithm
    }

    /// The certificate whose key opened the wrapped key; `nil` when it was a shared key.
    public var certificate: Certificate? {
        if case .certificate(let certificate) = opener { certificate } else { nil }
    }
}

extension Decryption.Opener: CustomStringConvertible {
    /// The key for logs and reports.
    public var description: String {
        switch self {
        case .certificate(let certificate): certificate.subject
        case .sharedKey(let name): "shared key \(name)"
        }
    }
}
