public import Cryptography

/// `xenc:AgreementMethod` with ConcatKDF and a key wrap (XML Encryption 1.1 sections 5.4.1 and 5.6, RFC 9231): how a key is
/// wrapped for an EC or X25519 key.
public struct KeyAgreementMethod: Hashable, Sendable {
    /// How the two sides come to a secret, by URI; always with a fresh key of the sender.
    public enum Scheme: String, CaseIterable, Hashable, Sendable {
        /// Elliptic curve Diffie-Hellman on P-256, P-384 or P-521.
        case ecdhES = "http://www.w3.org/2009/xmlenc11#ECDH-ES"
        /// X25519.
        case x25519 = "http://www.w3.org/2021/04/xmldsig-more#x25519"
    }

    /// How the two sides come to a secret.
    public let scheme: Scheme
    /// The hash of ConcatKDF.
    public let digest: DigestAlgorithm
    /// How the derived key wraps.
    public let wrap: KeyWrapMethod

    /// A method; SHA-256 and AES-256 key wrap unless told otherwise.
    public init(_ scheme: Scheme, digest: DigestAlgorithm = .sha256, wrap: KeyWrapMethod = .aes256) {
        self.scheme = scheme
        self.digest = digest
        self.wrap = wrap
    }

    /// Both schemes with every key wrap and SHA-256, SHA-384 or SHA-512.
    static let recommended = Scheme.allCases.flatMap { scheme in
        [DigestAlgorithm.sha256, .sha384, .sha512]
            .flatMap { digest in
                KeyWrapMethod.allCases.map { KeyAgreementMethod(scheme, digest: digest, wrap: $0) }
            }
    }
}

extension KeyAgreementMethod.Scheme {
    /// Whether keys of that kind agree by this scheme.
    package func supports(_ key: KeyAlgorithm) -> Bool {
        switch (self, key) {
        case (.ecdhES, .ec), (.x25519, .x25519): true
        default: false
        }
    }
}

extension KeyAgreementMethod {
    /// The key that wraps: agreed on by `key` and `other`, derived with `otherInfo`.
    func wrappingKey(
        of key: PrivateKey,
        with other: PublicKey,
        otherInfo: [UInt8]
    ) throws(CryptographyError) -> SecretKey {
        guard scheme.supports(key.algorithm) else {
            throw .keyAlgorithmMismatch(key: key.algorithm.description, algorithm: scheme.rawValue)
        }
        let secret = try key.agree(with: other)
        let octetCount = wrap.wrap.keyOctetCount
        return SecretKey(
            try ConcatKDF.derive(from: secret, digest: digest, otherInfo: otherInfo, octetCount: octetCount)
        )
    }
}

extension KeyAgreementMethod: CustomStringConvertible {
    /// The URIs and the hash.
    public var description: String { "\(scheme.rawValue) (ConcatKDF with \(digest), \(wrap.uri))" }
}
