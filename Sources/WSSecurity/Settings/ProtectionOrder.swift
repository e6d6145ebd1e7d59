/// Which of signing and encrypting comes first when a message is protected.
public enum ProtectionOrder: String, CaseIterable, Codable, Hashable, Sendable {
    /// The signature covers the plaintext.
    case signThenEncrypt
    /// The signature covers the ciphertext.
    case encryptThenSign
}
