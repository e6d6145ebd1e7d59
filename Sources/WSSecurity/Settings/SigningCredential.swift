/// A private key with the certificate that names it in messages.
public struct SigningCredential: Sendable {
    /// The key that signs.
    public let key: PrivateKey
    /// The certificate of `key`.
    public let certificate: Certificate
    /// The certificates above `certificate`, nearest first; may be empty.
    public let chain: [Certificate]

    /// A credential whose `certificate` holds the public half of `key`.
    public init(key: PrivateKey, certificate: Certificate, chain: [Certificate] = []) {
        self.key = key
        self.certificate = certificate
        self.chain = chain
    }
}
