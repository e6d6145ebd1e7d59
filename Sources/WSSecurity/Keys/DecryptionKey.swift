/// A private key that opens messages, with the certificate that senders encrypt for.
public struct DecryptionKey: Sendable {
    /// The certificate that holds the public half of `key`.
    public let certificate: Certificate
    /// The key that unwraps.
    public let key: PrivateKey

    /// The pair.
    public init(certificate: Certificate, key: PrivateKey) {
        self.certificate = certificate
        self.key = key
    }
}
