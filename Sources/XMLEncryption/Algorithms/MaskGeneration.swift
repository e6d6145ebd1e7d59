import Cryptography
import XMLSignature

/// `xenc11:MGF` (XML Encryption 1.1 section 5.5.2): the mask hashes of RSA-OAEP by URI.
enum MaskGeneration {
    /// The URI of MGF1 with `digest`.
    static func uri(of digest: DigestAlgorithm) -> String {
        switch digest {
        case .sha1: XMLEncryptionNamespace.encryption11 + "mgf1sha1"
        case .sha224: XMLEncryptionNamespace.encryption11 + "mgf1sha224"
        case .sha256: XMLEncryptionNamespace.encryption11 + "mgf1sha256"
        case .sha384: XMLEncryptionNamespace.encryption11 + "mgf1sha384"
        case .sha512: XMLEncryptionNamespace.encryption11 + "mgf1sha512"
        }
    }

    /// The hash of the mask with that URI; `nil` when it is unknown.
    static func digest(of uri: String) -> DigestAlgorithm? {
        DigestAlgorithm.allCases.first { Self.uri(of: $0) == uri }
    }
}
