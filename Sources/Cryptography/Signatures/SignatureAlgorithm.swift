/// A signature algorithm with its parameters.
///
/// Which URI names it is known to `XMLSignature`.
package enum SignatureAlgorithm: Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 of RFC 8017 section 8.2.
    case rsaPKCS1(DigestAlgorithm)
    /// RSASSA-PSS of RFC 8017 section 8.1 with MGF1; the salt has exactly that many octets.
    case rsaPSS(digest: DigestAlgorithm, mgf: DigestAlgorithm, saltOctetCount: Int)
    /// ECDSA of FIPS 186-5; signatures are `r` and `s` one after the other (RFC 4050 section 3.3, XML Signature 6.4.3).
    case ecdsa(DigestAlgorithm)
    /// Ed25519 of RFC 8032 section 5.1, over the message itself.
    case ed25519
    /// HMAC of RFC 2104, whole: for a `SecretKey` alone, never a key pair.
    case hmac(DigestAlgorithm)

    /// The digest whose value is signed; `nil` for algorithms that take the message itself.
    package var digest: DigestAlgorithm? {
        switch self {
        case .rsaPKCS1(let digest), .rsaPSS(let digest, _, _), .ecdsa(let digest): digest
        case .ed25519, .hmac: nil
        }
    }

    /// Throws `keyAlgorithmMismatch`, naming both, when `key` is of another family.
    package func checkSupport(by key: KeyAlgorithm) throws(CryptographyError) {
        switch (self, key) {
        case (.rsaPKCS1, .rsa), (.rsaPSS, .rsa), (.ecdsa, .ec), (.ed25519, .ed25519): return
        default: throw .keyAlgorithmMismatch(key: key.description, algorithm: description)
        }
    }
}

extension SignatureAlgorithm: CustomStringConvertible {
    /// Such as `RSA PKCS#1 v1.5 with SHA-256`.
    package var description: String {
        switch self {
        case .rsaPKCS1(let digest): "RSA PKCS#1 v1.5 with \(digest)"
        case .rsaPSS(let digest, let mgf, let count):
            "RSA-PSS with \(digest), MGF1 with \(mgf), salt of \(count) octets"
        case .ecdsa(let digest): "ECDSA with \(digest)"
        case .ed25519: "Ed25519"
        case .hmac(let digest): "HMAC with \(digest)"
        }
    }
}
