/// How a message is signed; the credential apart.
public struct SignatureSettings: Hashable, Sendable {
    /// The hash of the signature algorithm; RSA, ECDSA or Ed25519 follows from the key.
    public var algorithm: DigestAlgorithm
    /// How RSA keys sign.
    public var scheme: RSASignatureScheme
    /// The hash of the references.
    public var digest: DigestAlgorithm
    /// How `ds:SignedInfo` and the signed elements become octets.
    public var canonicalization: CanonicalizationMethod
    /// How the signature names its key.
    public var keyReference: KeyReference
    /// The name in `ds:KeyName`; `nil` = the certificate's subject.
    public var keyName: String?
    /// Whether the certificate travels as a token in the header; `nil` = where `keyReference` needs it.
    ///
    /// A token that the reference does not lead to is there for the receiver to find the certificate in.
    public var includesToken: Bool?
    /// Whether `.signatureToken` is signed through the STR-Transform (WSS SOAP Message Security 1.1.1 section 8.3).
    ///
    /// A token that is not in the header is signed through it in any case.
    public var usesSTRTransform: Bool
    /// What is signed.
    ///
    /// The timestamp is signed only when there is one. `.signatureToken` is the token of this very signature; `.signature`
    /// is for further signatures, which endorse the primary one.
    public var parts: [MessagePart]

    /// Settings; SHA-256 over body and timestamp unless told otherwise.
    public init(
        algorithm: DigestAlgorithm = .sha256,
        scheme: RSASignatureScheme = .pkcs1,
        digest: DigestAlgorithm = .sha256,
        canonicalization: CanonicalizationMethod = .exclusive,
        keyReference: KeyReference = .binarySecurityToken,
        keyName: String? = nil,
        includesToken: Bool? = nil,
        usesSTRTransform: Bool = false,
        parts: [MessagePart] = [.body, .timestamp]
    ) {
        self.algorithm = algorithm
        self.scheme = scheme
        self.digest = digest
        self.canonicalization = canonicalization
        self.keyReference = keyReference
        self.keyName = keyName
        self.includesToken = includesToken
        self.usesSTRTransform = usesSTRTransform
        self.parts = parts
    }
}
