import Cryptography

extension KeyVersion {
    /// Whether both certificates are for one key pair: the newer one renews the certificate, not the key (RFC 3647, 4.6).
    package func hasSameKey(as other: KeyVersion) -> Bool {
        guard let certificate, let another = other.certificate else { return false }
        return certificate.publicKey == another.publicKey
    }
}
