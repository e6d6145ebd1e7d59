/// An algorithm of old suites that is used only where it is allowed explicitly.
public enum LegacyAlgorithm: String, CaseIterable, Codable, Hashable, Sendable {
    /// SHA-1 as hash of signatures and references.
    case sha1 = "SHA-1"
    /// RSA PKCS#1 v1.5 key transport.
    case rsa15 = "RSA-1.5"
    /// AES in cipher block chaining.
    case cbc = "CBC"
}
