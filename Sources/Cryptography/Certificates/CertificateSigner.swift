import FoundationEssentials
import SwiftASN1
import X509

/// Lends a key to swift-certificates for signing.
struct CertificateSigner: CustomPrivateKey {
    let key: PrivateKey
    let publicKey: X509.Certificate.PublicKey

    static let defaultPEMDiscriminator = "PRIVATE KEY"

    var defaultSignatureAlgorithm: X509.Certificate.SignatureAlgorithm {
        switch key.algorithm {
        case .ec(.p256): .ecdsaWithSHA256
        case .ec(.p384): .ecdsaWithSHA384
        case .ec(.p521): .ecdsaWithSHA512
        case .ed25519: .ed25519
        case .rsa, .x25519, .other: .sha256WithRSAEncryption
        }
    }

    var supportedSignatureAlgorithms: [X509.Certificate.SignatureAlgorithm] { [defaultSignatureAlgorithm] }

    func signSynchronously(
        bytes: some DataProtocol,
        signatureAlgorithm: X509.Certificate.SignatureAlgorithm
    ) throws -> X509.Certificate.Signature {
        let octets = try key.signCertificate(Array(bytes))
        return try .init(
            signatureAlgorithm: signatureAlgorithm,
            signatureBytes: ASN1BitString(bytes: octets[...])
        )
    }

    /// The private key never leaves through here.
    func serialize(into coder: inout DER.Serializer) throws {
        throw CryptographyError.unsupportedKey("a private key is not written by this way")
    }

    static func == (left: CertificateSigner, right: CertificateSigner) -> Bool {
        left.publicKey == right.publicKey
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(publicKey)
    }
}

extension PrivateKey {
    /// The signature in the form of X.509: for ECDSA the DER of RFC 3279 section 2.2.3.
    fileprivate func signCertificate(_ octets: [UInt8]) throws(CryptographyError) -> [UInt8] {
        switch algorithm {
        case .ed25519: try signInDER(octets, by: .ed25519)
        case .ec(.p256): try signInDER(octets, by: .ecdsa(.sha256))
        case .ec(.p384): try signInDER(octets, by: .ecdsa(.sha384))
        case .ec(.p521): try signInDER(octets, by: .ecdsa(.sha512))
        case .rsa, .x25519, .other: try signInDER(octets, by: .rsaPKCS1(.sha256))
        }
    }
}
