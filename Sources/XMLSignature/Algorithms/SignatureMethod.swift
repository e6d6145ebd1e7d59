public import Cryptography

/// `ds:SignatureMethod`: the signature algorithms by URI (XML Signature 1.1 section 6.4, RFC 9231 section 2).
public enum SignatureMethod: Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5 with SHA-1.
    case rsaSHA1
    /// RSASSA-PKCS1-v1_5 with SHA-224.
    case rsaSHA224
    /// RSASSA-PKCS1-v1_5 with SHA-256.
    case rsaSHA256
    /// RSASSA-PKCS1-v1_5 with SHA-384.
    case rsaSHA384
    /// RSASSA-PKCS1-v1_5 with SHA-512.
    case rsaSHA512
    /// RSASSA-PSS by a URI that says all: `digest` hashes message and mask, the salt is as long as a digest (RFC 9231
    /// section 2.3.10).
    case rsaMGF1(DigestAlgorithm)
    /// RSASSA-PSS by the URI whose parameters the message names (RFC 9231 section 2.3.9).
    case rsaPSS(RSAPSSParameters)
    /// ECDSA with SHA-1.
    case ecdsaSHA1
    /// ECDSA with SHA-224.
    case ecdsaSHA224
    /// ECDSA with SHA-256.
    case ecdsaSHA256
    /// ECDSA with SHA-384.
    case ecdsaSHA384
    /// ECDSA with SHA-512.
    case ecdsaSHA512
    /// Ed25519 (RFC 9231 section 2.3.12).
    case ed25519
    /// HMAC with a shared secret, never truncated (XML Signature 1.1 section 6.3.1, RFC 9231 section 2.2).
    case hmac(DigestAlgorithm)

    /// RSA, RSA-PSS and ECDSA with SHA-256, SHA-384 and SHA-512, and Ed25519.
    public static let recommended: Set<SignatureMethod> = [
        .rsaSHA256, .rsaSHA384, .rsaSHA512, .ecdsaSHA256, .ecdsaSHA384, .ecdsaSHA512, .ed25519,
        .rsaMGF1(.sha256), .rsaMGF1(.sha384), .rsaMGF1(.sha512),
        .rsaPSS(RSAPSSParameters(.sha256)), .rsaPSS(RSAPSSParameters(.sha384)), .rsaPSS(RSAPSSParameters(.sha512)),
    ]

    /// The method for keys of the kind `key` with the hash `digest`; `nil` when there is none.
    ///
    /// `scheme` is for RSA keys; Ed25519 keys have a hash of their own.
    package init?(for key: KeyAlgorithm, digest: DigestAlgorithm, scheme: RSASignatureScheme = .pkcs1) {
        switch key {
        case .rsa where scheme == .pss: self = .rsaMGF1(digest)
        case .rsa: self = .rsa(digest)
        case .ec: self = .ecdsa(digest)
        case .ed25519: self = .ed25519
        case .x25519, .other: return nil
        }
    }

    /// What is computed.
    package var algorithm: SignatureAlgorithm {
        switch self {
        case .rsaSHA1: .rsaPKCS1(.sha1)
        case .rsaSHA224: .rsaPKCS1(.sha224)
        case .rsaSHA256: .rsaPKCS1(.sha256)
        case .rsaSHA384: .rsaPKCS1(.sha384)
        case .rsaSHA512: .rsaPKCS1(.sha512)
        case .rsaMGF1(let digest): RSAPSSParameters(digest).algorithm
        case .rsaPSS(let parameters): parameters.algorithm
        case .ecdsaSHA1: .ecdsa(.sha1)
        case .ecdsaSHA224: .ecdsa(.sha224)
        case .ecdsaSHA256: .ecdsa(.sha256)
        case .ecdsaSHA384: .ecdsa(.sha384)
        case .ecdsaSHA512: .ecdsa(.sha512)
        case .ed25519: .ed25519
        case .hmac(let digest): .hmac(digest)
        }
    }

    private static func rsa(_ digest: DigestAlgorithm) -> SignatureMethod {
        switch digest {
        case .sha1: .rsaSHA1
        case .sha224: .rsaSHA224
        case .sha256: .rsaSHA256
        case .sha384: .rsaSHA384
        case .sha512: .rsaSHA512
        }
    }

    private static func ecdsa(_ digest: DigestAlgorithm) -> SignatureMethod {
        switch digest {
        case .sha1: .ecdsaSHA1
        case .sha224: .ecdsaSHA224
        case .sha256: .ecdsaSHA256
        case .sha384: .ecdsaSHA384
        case .sha512: .ecdsaSHA512
        }
    }
}

extension SignatureMethod: CaseIterable {
    /// Every method; of RSA-PSS with parameters those whose mask has the message's hash and whose salt is a digest long.
    public static let allCases: [SignatureMethod] =
        [
            .rsaSHA1, .rsaSHA224, .rsaSHA256, .rsaSHA384, .rsaSHA512,
            .ecdsaSHA1, .ecdsaSHA224, .ecdsaSHA256, .ecdsaSHA384, .ecdsaSHA512, .ed25519,
        ]
        + DigestAlgorithm.allCases.map { .rsaMGF1($0) }
        + DigestAlgorithm.allCases.map { .rsaPSS(RSAPSSParameters($0)) }
        + DigestAlgorithm.allCases.map { .hmac($0) }
}

extension SignatureMethod: CustomStringConvertible {
    /// The URI, with its parameters where it has some.
    public var description: String {
        if case .rsaPSS(let parameters) = self { "\(uri) (\(parameters))" } else { uri }
    }
}
