import WSSecurity

/// The names that flow documents give to algorithms.
enum AlgorithmNames {
    /// Hash functions.
    static let digests: [(String, DigestAlgorithm)] = [
        ("sha256", .sha256), ("sha384", .sha384), ("sha512", .sha512), ("sha1", .sha1), ("sha224", .sha224),
    ]

    /// Ciphers of the content.
    static let ciphers: [(String, EncryptionMethod)] = [
        ("aes256-gcm", .aes256GCM), ("aes192-gcm", .aes192GCM), ("aes128-gcm", .aes128GCM),
        ("aes256-cbc", .aes256CBC), ("aes192-cbc", .aes192CBC), ("aes128-cbc", .aes128CBC),
    ]

    /// Ways of wrapping the content's key.
    static let keyTransports: [(String, KeyTransportMethod)] = [
        ("rsa-oaep-mgf1p", .rsaOAEPMGF1P(digest: .sha1)),
        ("rsa-oaep-mgf1p-sha256", .rsaOAEPMGF1P(digest: .sha256)),
        ("rsa-oaep-sha256", .rsaOAEP(digest: .sha256, mgf: .sha256)),
    ]

    /// How keys are named in messages.
    static let keyReferences = KeyReference.allCases.map { ($0.rawValue, $0) }

    /// What comes first.
    static let orders = ProtectionOrder.allCases.map { ($0.rawValue, $0) }
}
