/// A kind of key pair that can be generated.
public enum KeyKind: String, CaseIterable, Hashable, Sendable, Codable {
    /// RSA with a modulus of 2048 bits.
    case rsa2048 = "rsa-2048"
    /// RSA with a modulus of 3072 bits.
    case rsa3072 = "rsa-3072"
    /// RSA with a modulus of 4096 bits.
    case rsa4096 = "rsa-4096"
    /// An elliptic curve key on P-256.
    case p256 = "p-256"
    /// An elliptic curve key on P-384.
    case p384 = "p-384"
    /// An elliptic curve key on P-521.
    case p521 = "p-521"
    /// An Ed25519 key: signs only.
    case ed25519
    /// An X25519 key: agrees on keys only, so it cannot certify itself.
    case x25519

    /// Whether keys of this kind sign.
    public var canSign: Bool { self != .x25519 }

    /// The algorithm of the keys of this kind.
    public var algorithm: KeyAlgorithm {
        switch self {
        case .rsa2048: .rsa(bits: 2048)
        case .rsa3072: .rsa(bits: 3072)
        case .rsa4096: .rsa(bits: 4096)
        case .p256: .ec(.p256)
        case .p384: .ec(.p384)
        case .p521: .ec(.p521)
        case .ed25519: .ed25519
        case .x25519: .x25519
        }
    }
}
