package import Cryptography

/// `ds:SignatureMethod`: the signature algorithms by URI (XML Signature 1.1 section 6.4, RFC 9231 section 2.3).
public enum SignatureMethod: String, CaseIterable, Hashable, Sendable {
    case rsaSHA1 = "http://www.w3.org/2000/09/xmldsig#rsa-sha1"
    case rsaSHA224 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha224"
    case rsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    case rsaSHA384 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384"
    case rsaSHA512 = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512"
    case ecdsaSHA1 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha1"
    case ecdsaSHA224 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha224"
    case ecdsaSHA256 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256"
    case ecdsaSHA384 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384"
    case ecdsaSHA512 = "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha512"

    /// The URI.
    public var uri: String { rawValue }

    /// RSA and ECDSA with SHA-256, SHA-384 and SHA-512.
    public static let recommended: Set<SignatureMethod> = [
        .rsaSHA256, .rsaSHA384, .rsaSHA512, .ecdsaSHA256, .ecdsaSHA384, .ecdsaSHA512,
    ]

    /// The method for keys of the kind `key` with the hash `digest`; `nil` when there is none.
    package init?(for key: KeyAlgorithm, digest: DigestAlgorithm) {
        let algorithm: SignatureAlgorithm
        switch key {
        case .rsa: algorithm = .rsaPKCS1(digest)
        case .ec: algorithm = .ecdsa(digest)
        case .other: return nil
        }
        guard let method = Self.allCases.first(where: { $0.algorithm == algorithm }) else { return nil }
        self = method
    }

    /// What is computed.
    package var algorithm: SignatureAlgorithm {
        switch self {
        case .rsaSHA1: .rsaPKCS1(.sha1)
        case .rsaSHA224: .rsaPKCS1(.sha224)
        case .rsaSHA256: .rsaPKCS1(.sha256)
        case .rsaSHA384: .rsaPKCS1(.sha384)
        case .rsaSHA512: .rsaPKCS1(.sha512)
        case .ecdsaSHA1: .ecdsa(.sha1)
        case .ecdsaSHA224: .ecdsa(.sha224)
        case .ecdsaSHA256: .ecdsa(.sha256)
        case .ecdsaSHA384: .ecdsa(.sha384)
        case .ecdsaSHA512: .ecdsa(.sha512)
        }
    }
}
