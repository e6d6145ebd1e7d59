/// How a message is signed; the credential apart.
public struct SignatureSettings: Hashable, Sendable {
    /// The hash of the signature algorithm; RSA or ECDSA follows from the key.
    public var algorithm: DigestAlgorithm
    /// The hash of the references.
    public var digest: DigestAlgorithm
    /// How the signature names its key.
    public var keyReference: KeyReference
    /// What is signed.
    ///
    /// The timestamp is signed only when there is one.
    public var parts: [MessagePart]

    /// Settings; SHA-256 over body and timestamp unless told otherwise.
    public init(
        algorithm: DigestAlgorithm = .sha256,
        digest: DigestAlgorithm = .sha256,
        keyReference: KeyReference = .binarySecurityToken,
        parts: [MessagePart] = [.body, .timestamp]
    ) {
        self.algorithm = algorithm
        self.digest = digest
        self.keyReference = keyReference
        self.parts = parts
    }
}
