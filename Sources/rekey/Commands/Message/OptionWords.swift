import ArgumentParser
import WSSecurity

/// Reads the words of message options.
enum OptionWords {
    /// A part's word, a header block as `{namespace}name`, or an element's path.
    static func part(_ text: String) throws -> MessagePart {
        guard let part = MessagePart(text) else {
            let words = MessagePart.worded.map(\.description).joined(separator: ", ")
            throw ValidationError("\(text) is not a part: write \(words), {namespace}name or a path.")
        }
        return part
    }

    /// The words of key references.
    static let keyReferences = KeyReference.allCases.map(\.rawValue).joined(separator: ", ")

    /// `pkcs1` or `pss`.
    static func scheme(_ text: String) throws -> RSASignatureScheme {
        try chosen(text, RSASignatureScheme.allCases.map { ($0.rawValue, $0) })
    }

    /// `binarySecurityToken` and its like.
    static func keyReference(_ text: String) throws -> KeyReference {
        try chosen(text, KeyReference.allCases.map { ($0.rawValue, $0) })
    }

    /// `digest` or `text`.
    static func passwordForm(_ text: String) throws -> UsernameTokenDemand.PasswordForm {
        try chosen(text, UsernameTokenDemand.PasswordForm.allCases.map { ($0.rawValue, $0) })
    }

    /// `senderVouches` and its like.
    static func confirmation(_ text: String) throws -> CarriedAssertion.Confirmation {
        let ways: [CarriedAssertion.Confirmation] = [.senderVouches, .holderOfKey, .bearer]
        return try chosen(text, ways.map { ($0.rawValue, $0) })
    }

    /// `header` and its like.
    static func keyPlacement(_ text: String) throws -> EncryptedKeyPlacement {
        try chosen(text, EncryptedKeyPlacement.allCases.map { ($0.rawValue, $0) })
    }

    /// `strict` and its like.
    static func layout(_ text: String) throws -> HeaderLayout {
        try chosen(text, HeaderLayout.allCases.map { ($0.rawValue, $0) })
    }

    /// `signThenEncrypt` or `encryptThenSign`.
    static func order(_ text: String) throws -> ProtectionOrder {
        try chosen(text, ProtectionOrder.allCases.map { ($0.rawValue, $0) })
    }

    /// `exclusive` and its like.
    static func canonicalization(_ text: String) throws -> CanonicalizationMethod {
        try chosen(text, CanonicalizationMethod.allCases.map { ("\($0)", $0) })
    }

    /// The words of canonicalizations.
    static let canonicalizations = CanonicalizationMethod.allCases.map { "\($0)" }.joined(separator: ", ")

    /// `sha-256` and its like.
    static func digest(_ text: String) throws -> DigestAlgorithm {
        try chosen(text, DigestAlgorithm.allCases.map { ($0.rawValue.lowercased(), $0) })
    }

    /// `aes-256-gcm` and its like.
    static func encryption(_ text: String) throws -> EncryptionMethod {
        try chosen(
            text,
            [
                ("aes-128-gcm", .aes128GCM), ("aes-192-gcm", .aes192GCM), ("aes-256-gcm", .aes256GCM),
                ("aes-128-cbc", .aes128CBC), ("aes-192-cbc", .aes192CBC), ("aes-256-cbc", .aes256CBC),
            ]
        )
    }

    /// `rsa-oaep-mgf1p` and its like.
    static func keyTransport(_ text: String) throws -> KeyTransportMethod {
        try chosen(text, keyTransports)
    }

    /// RSA-OAEP in its forms, by the hashes of the label and of the mask; key agreement for keys on curves; and RSA PKCS#1
    /// v1.5 for peers of old.
    static let keyTransports: [(String, KeyTransportMethod)] = [
        ("rsa-oaep-mgf1p", .rsaOAEPMGF1P(digest: .sha1)),
        ("rsa-oaep-mgf1p-sha-256", .rsaOAEPMGF1P(digest: .sha256)),
        ("rsa-oaep-sha-1", .rsaOAEP(digest: .sha1, mgf: .sha1)),
        ("rsa-oaep-sha-256", .rsaOAEP(digest: .sha256, mgf: .sha256)),
        ("rsa-oaep-sha-256-mgf1-sha-1", .rsaOAEP(digest: .sha256, mgf: .sha1)),
        ("rsa-oaep-sha-512", .rsaOAEP(digest: .sha512, mgf: .sha512)),
        ("ecdh-es", .agreement(KeyAgreementMethod(.ecdhES))),
        ("x25519", .agreement(KeyAgreementMethod(.x25519))),
        ("rsa-1_5", .rsa15),
    ]

    private static func chosen<Word>(_ text: String, _ words: [(String, Word)]) throws -> Word {
        let wanted = text.lowercased().replacing("-", with: "")
        guard let word = words.first(where: { $0.0.lowercased().replacing("-", with: "") == wanted }) else {
            throw ValidationError("\(text) is not known: write \(words.map(\.0).joined(separator: ", ")).")
        }
        return word.1
    }
}
