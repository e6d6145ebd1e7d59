package import WSSecurity

/// The algorithm suites of WS-SecurityPolicy 1.3 section 6.1 as stacks read them: those without `Sha256` hash with SHA-1,
/// all but those in GCM encrypt in CBC, and those with `Rsa15` wrap keys by PKCS#1 v1.5.
package enum AlgorithmSuite: String, CaseIterable, Sendable {
    case basic256GCMSha256 = "basic256GcmSha256"
    case basic192GCMSha256 = "basic192GcmSha256"
    case basic128GCMSha256 = "basic128GcmSha256"
    case basic256Sha256
    case basic192Sha256
    case basic128Sha256
    case basic256
    case basic192
    case basic128
    case basic256Sha256Rsa15
    case basic192Sha256Rsa15
    case basic128Sha256Rsa15
    case basic256Rsa15
    case basic192Rsa15
    case basic128Rsa15

    /// The hash of signatures and references.
    package var digest: DigestAlgorithm {
        switch self {
        case .basic256, .basic192, .basic128, .basic256Rsa15, .basic192Rsa15, .basic128Rsa15: .sha1
        default: .sha256
        }
    }

    /// The cipher of the content.
    package var encryption: EncryptionMethod {
        switch self {
        case .basic256GCMSha256: .aes256GCM
        case .basic192GCMSha256: .aes192GCM
        case .basic128GCMSha256: .aes128GCM
        case .basic256Sha256, .basic256, .basic256Sha256Rsa15, .basic256Rsa15: .aes256CBC
        case .basic192Sha256, .basic192, .basic192Sha256Rsa15, .basic192Rsa15: .aes192CBC
        case .basic128Sha256, .basic128, .basic128Sha256Rsa15, .basic128Rsa15: .aes128CBC
        }
    }

    /// How the content's key is wrapped.
    package var keyTransport: KeyTransportMethod {
        rawValue.hasSuffix("Rsa15") ? .rsa15 : .rsaOAEPMGF1P(digest: .sha1)
    }
}
