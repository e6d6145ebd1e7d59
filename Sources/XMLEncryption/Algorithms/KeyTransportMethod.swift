public import Cryptography
import XMLSignature

/// `xenc:EncryptionMethod` of a wrapped key, with its parameters (XML Encryption 1.1 section 5.5).
public enum KeyTransportMethod: Hashable, Sendable {
    /// RSA-OAEP with MGF1 with SHA-1, the form of XML Encryption 1.0; `digest` is SHA-1 where the message names none.
    case rsaOAEPMGF1P(digest: DigestAlgorithm)
    /// RSA-OAEP with any mask hash, the form of XML Encryption 1.1.
    case rsaOAEP(digest: DigestAlgorithm, mgf: DigestAlgorithm)

    /// The URI, without parameters.
    public var uri: String {
        switch self {
        case .rsaOAEPMGF1P: Self.mgf1pURI
        case .rsaOAEP: Self.oaepURI
        }
    }

    /// OAEP with SHA-1 and SHA-256 hashes and masks.
    ///
    /// OAEP does not rest on the hash's collision resistance.
    public static let recommended: Set<KeyTransportMethod> = [
        .rsaOAEPMGF1P(digest: .sha1), .rsaOAEPMGF1P(digest: .sha256),
        .rsaOAEP(digest: .sha256, mgf: .sha1), .rsaOAEP(digest: .sha256, mgf: .sha256),
        .rsaOAEP(digest: .sha1, mgf: .sha1),
    ]

    static let mgf1pURI = "http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p"
    static let oaepURI = "http://www.w3.org/2009/xmlenc11#rsa-oaep"

    /// What is computed.
    package var transport: KeyTransport {
        switch self {
        case .rsaOAEPMGF1P(let digest): .rsaOAEP(digest: digest, mgf: .sha1)
        case .rsaOAEP(let digest, let mgf): .rsaOAEP(digest: digest, mgf: mgf)
        }
    }
}

extension KeyTransportMethod: CustomStringConvertible {
    /// The URI and the hashes.
    public var description: String {
        switch self {
        case .rsaOAEPMGF1P(let digest): "\(uri) (digest \(digest))"
        case .rsaOAEP(let digest, let mgf): "\(uri) (digest \(digest), mask \(mgf))"
        }
    }
}
