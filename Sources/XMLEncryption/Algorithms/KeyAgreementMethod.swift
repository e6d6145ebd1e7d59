public import Cryptography

/// `xenc:AgreementMethod` with a key derivation and a key wrap (XML Encryption 1.1 sections 5.4.1 and 5.6, RFC 9231): how a
/// key is wrapped for an EC or X25519 key.
public struct KeyAgreementMethod: Hashable, Sendable {
    /// How the two sides come to a secret, by URI; always with a fresh key of the sender.
    public enum Scheme: String, CaseIterable, Hashable, Sendable {
        /// Elliptic curve Diffie-Hellman on P-256, P-384 or P-521.
        case ecdhES = "http://www.w3.org/2009/xmlenc11#ECDH-ES"
        /// X25519.
        case x25519 = "http://www.w3.org/2021/04/xmldsig-more#x25519"
    }

    /// How the secret becomes a key, by URI.
    public enum Derivation: String, CaseIterable, Hashable, Sendable {
        /// The concatenation key derivation function of NIST SP 800-56A.
        case concatKDF = "http://www.w3.org/2009/xmlenc11#ConcatKDF"
        /// The extract-and-expand key derivation function of RFC 5869.
        case hkdf = "http://www.w3.org/2021/04/xmldsig-more#hkdf"
    }

    /// How the two sides come to a secret.
    public let scheme: Scheme
    /// How the secret becomes a key.
    public let derivation: Derivation
    /// The hash of the derivation.
    public let digest: DigestAlgorithm
    /// How the derived key wraps.
    public let wrap: KeyWrapMethod

    /// A method; SHA-256, AES-256 key wrap and ConcatKDF unless told otherwise.
    public init(
        _ scheme: Scheme,
        digest: DigestAlgorithm = .sha256,
        wrap: KeyWrapMethod = .aes256,
        derivation: Derivation = .concatKDF
    ) {
        self.scheme = scheme
        self.derivation = derivation
        self.digest = digest
        self.wrap = wrap
    }

    /// Every scheme, derivation and key wrap with SHA-256, SHA-384 or SHA-512.
    static let recommended: [KeyAgreementMethod] = {
        var methods: [KeyAgreementMethod] = []
        for scheme in Scheme.allCases {
            for derivation in Derivation.allCases {
                for digest in [DigestAlgorithm.sha256, .sha384, .sha512] {
                    for wrap in KeyWrapMethod.allCases {
                        methods.append(
                            KeyAgreementMethod(scheme, digest: digest, wrap: wrap, derivation: derivation)
                        )
                    }
                }
            }
        }
        return methods
    }()
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
    /// The key that wraps: agreed on by `key` and `other`, derived with `salt` (of HKDF alone) and `info`.
    func wrappingKey(
        of key: PrivateKey,
        with other: PublicKey,
        salt: [UInt8],
        info: [UInt8]
    ) throws(CryptographyError) -> SecretKey {
        guard scheme.supports(key.algorithm) else {
            throw .keyAlgorithmMismatch(key: key.algorithm.description, algorithm: scheme.rawValue)
        }
        let secret = try key.agree(with: other)
        let octetCount = wrap.wrap.keyOctetCount
        switch derivation {
        case .concatKDF:
            return SecretKey(
                try ConcatKDF.derive(from: secret, digest: digest, otherInfo: info, octetCount: octetCount)
            )
        case .hkdf:
            return SecretKey(
                try HKDF.derive(from: secret, digest: digest, salt: salt, info: info, octetCount: octetCount)
            )
        }
    }
}

extension KeyAgreementMethod: CustomStringConvertible {
    /// The URIs and the hash.
    public var description: String { "\(scheme.rawValue) (\(derivation.rawValue) with \(digest), \(wrap.uri))" }
}
