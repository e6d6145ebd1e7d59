/// An asymmetric signature algorithm with its digest.
///
/// Which URI names it is known to `XMLSignature`.
package enum SignatureAlgorithm: Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 of RFC 8017 section 8.2.
    case rsaPKCS1(DigestAlgorithm)
    /// ECDSA of FIPS 186-5; signatures are `r` and `s` one after the other (RFC 4050 section 3.3, XML Signature 6.4.3).
    case ecdsa(DigestAlgorithm)

    /// The digest that is signed.
    package var digest: DigestAlgorithm {
        switch self {
        case .rsaPKCS1(let digest), .ecdsa(let digest): digest
        }
    }

    /// Throws `keyAlgorithmMismatch`, naming both, when `key` is of another family.
    package func checkSupport(by key: KeyAlgorithm) throws(CryptographyError) {
        switch (self, key) {
        case (.rsaPKCS1, .rsa), (.ecdsa, .ec): return
        default: throw .keyAlgorithmMismatch(key: key.description, algorithm: description)
        }
    }
}

extension SignatureAlgorithm: CustomStringConvertible {
    /// Such as `RSA PKCS#1 v1.5 with SHA-256`.
    package var description: String {
        switch self {
        case .rsaPKCS1(let digest): "RSA PKCS#1 v1.5 with \(digest)"
        case .ecdsa(let digest): "ECDSA with \(digest)"
        }
    }
}
