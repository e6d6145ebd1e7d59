public import Cryptography
import XMLSignature

/// `xenc:EncryptionMethod` of a wrapped key, with its parameters (XML Encryption 1.1 sections 5.5 and 5.7).
public enum KeyTransportMethod: Hashable, Sendable {
    /// RSA-OAEP with MGF1 with SHA-1, the form of XML Encryption 1.0; `digest` is SHA-1 where the message names none.
    case rsaOAEPMGF1P(digest: DigestAlgorithm)
    /// RSA-OAEP with any mask hash, the form of XML Encryption 1.1.
    case rsaOAEP(digest: DigestAlgorithm, mgf: DigestAlgorithm)
    /// RSA PKCS#1 v1.5, for old peers: an explicit opt-in.
    case rsa15
    /// AES key wrap under a secret that both sides hold.
    case keyWrap(KeyWrapMethod)
    /// AES key wrap under a key that is agreed on with an EC or X25519 key.
    case agreement(KeyAgreementMethod)

    /// The URI, without parameters.
    public var uri: String {
        switch self {
        case .rsaOAEPMGF1P: Self.mgf1pURI
        case .rsaOAEP: Self.oaepURI
        case .rsa15: Self.rsa15URI
        case .keyWrap(let method): method.uri
        case .agreement(let method): method.wrap.uri
        }
    }

    /// OAEP with SHA-1 and SHA-256 hashes and masks, and key agreement with SHA-256 or longer.
    ///
    /// OAEP does not rest on the hash's collision resistance.
    public static let recommended: Set<KeyTransportMethod> = Set(
        [
            .rsaOAEPMGF1P(digest: .sha1), .rsaOAEPMGF1P(digest: .sha256),
            .rsaOAEP(digest: .sha256, mgf: .sha1), .rsaOAEP(digest: .sha256, mgf: .sha256),
            .rsaOAEP(digest: .sha1, mgf: .sha1),
        ] + KeyAgreementMethod.recommended.map { .agreement($0) }
    )

    static let mgf1pURI = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
    static let oaepURI = "http://www.w3.org/2009/xmlenc11#rsa-oaep"
    static let rsa15URI = "http://www.w3.org/2001/04/xmlenc#rsa-1_5"

    /// What is computed with an RSA key; `nil` for methods of other keys.
    package var transport: KeyTransport? {
        switch self {
        case .rsaOAEPMGF1P(let digest): .rsaOAEP(digest: digest, mgf: .sha1)
        case .rsaOAEP(let digest, let mgf): .rsaOAEP(digest: digest, mgf: mgf)
        case .rsa15: .rsaPKCS1
        case .keyWrap, .agreement: nil
        }
    }
}

extension KeyTransportMethod: CustomStringConvertible {
    /// The URI and the hashes.
    public var description: String {
        switch self {
        case .rsaOAEPMGF1P(let digest): "\(uri) (digest \(digest))"
        case .rsaOAEP(let digest, let mgf): "\(uri) (digest \(digest), mask \(mgf))"
        case .rsa15, .keyWrap: uri
        case .agreement(let method): method.description
        }
    }
}
