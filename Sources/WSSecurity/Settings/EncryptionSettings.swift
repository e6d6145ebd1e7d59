/// How a message is encrypted; the recipient apart.
public struct EncryptionSettings: Hashable, Sendable {
    /// The cipher of the content.
    public var algorithm: EncryptionMethod
    /// How the content's key is wrapped for the recipient.
    public var keyTransport: KeyTransportMethod
    /// How the wrapped key names the recipient's certificate.
    public var keyReference: KeyReference
    /// What is encrypted: the content of the body or of header blocks.
    public var parts: [MessagePart]

    /// Settings; AES-256-GCM of the body's content under RSA-OAEP unless told otherwise.
    public init(
        algorithm: EncryptionMethod = .aes256GCM,
        keyTransport: KeyTransportMethod = .rsaOAEPMGF1P(digest: .sha1),
        keyReference: KeyReference = .issuerSerial,
        parts: [MessagePart] = [.body]
    ) {
        self.algorithm = algorithm
        self.keyTransport = keyTransport
        self.keyReference = keyReference
        self.parts = parts
    }
}
