/// A signature that a trusted key made over these parts.
///
/// Only the processor makes one.
public struct VerifiedSignature: Sendable {
    /// Whose key verified it.
    public let signer: Signer
    /// What the message said about the key.
    public let hint: KeyHint
    /// The structural parts that it covers.
    public let parts: [MessagePart]
    /// The URI of the signature algorithm.
    public let algorithm: String
    /// The signature value's octets, for replay caches and `wsse11:SignatureConfirmation`.
    public let value: [UInt8]

    init(signer: Signer, hint: KeyHint, parts: [MessagePart], algorithm: String, value: [UInt8]) {
        self.signer = signer
        self.hint = hint
        self.parts = parts
        self.algorithm = algorithm
        self.value = value
    }

    /// The trusted certificate that verified it; `nil` when it was another kind of key.
    public var certificate: Certificate? { signer.certificate }
}
