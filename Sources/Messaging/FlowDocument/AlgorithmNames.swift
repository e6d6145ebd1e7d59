import WSSecurity

/// The names that flow documents give to algorithms and to other choices.
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

    /// Ciphers of the content that may be allowed in what arrives: nothing is encrypted by the last one any more.
    static let acceptedCiphers = ciphers + [("tripledes-cbc", EncryptionMethod.tripleDESCBC)]

    /// Ways of wrapping the content's key.
    static let keyTransports: [(String, KeyTransportMethod)] = [
        ("rsa-oaep-mgf1p", .rsaOAEPMGF1P(digest: .sha1)),
        ("rsa-oaep-mgf1p-sha256", .rsaOAEPMGF1P(digest: .sha256)),
        ("rsa-oaep-sha256", .rsaOAEP(digest: .sha256, mgf: .sha256)),
        ("rsa-1_5", .rsa15),
        ("ecdh-es", .agreement(KeyAgreementMethod(.ecdhES))),
        ("x25519", .agreement(KeyAgreementMethod(.x25519))),
    ]

    /// How keys are named in messages.
    static let keyReferences = KeyReference.allCases.map { ($0.rawValue, $0) }

    /// What comes first.
    static let orders = ProtectionOrder.allCases.map { ($0.rawValue, $0) }

    /// How RSA keys sign.
    static let schemes = RSASignatureScheme.allCases.map { ($0.rawValue, $0) }

    /// How signed elements become octets.
    static let canonicalizations: [(String, CanonicalizationMethod)] = [
        ("exclusive", .exclusive), ("exclusiveWithComments", .exclusiveWithComments),
        ("inclusive", .inclusive), ("inclusiveWithComments", .inclusiveWithComments),
        ("inclusive11", .inclusive11), ("inclusive11WithComments", .inclusive11WithComments),
    ]

    /// Where the wrapped key stands.
    static let keyPlacements = EncryptedKeyPlacement.allCases.map { ($0.rawValue, $0) }

    /// The order of what stands in the Security header.
    static let layouts = HeaderLayout.allCases.map { ($0.rawValue, $0) }

    /// When the signer's certificate travels with the message.
    static let inclusions = TokenInclusion.allCases.map { ($0.rawValue, $0) }

    /// Algorithm suites.
    static let suites = AlgorithmSuite.named.map { (name(of: $0), $0) }

    /// The suite's name as flow documents write it: `basic256GcmSha256`.
    static func name(of suite: AlgorithmSuite) -> String {
        suite.name.prefix(1).lowercased() + suite.name.dropFirst().replacing("GCM", with: "Gcm")
    }

    /// How the subject of a SAML assertion is confirmed.
    static let confirmations: [(String, CarriedAssertion.Confirmation)] = [
        ("senderVouches", .senderVouches), ("holderOfKey", .holderOfKey), ("bearer", .bearer),
    ]

    /// How a user name token proves the password.
    static let passwordForms = UsernameTokenDemand.PasswordForm.allCases.map { ($0.rawValue, $0) }
}
