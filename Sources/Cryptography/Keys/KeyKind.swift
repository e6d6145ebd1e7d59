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

    /// The algorithm of the keys of this kind.
    public var algorithm: KeyAlgorithm {
        switch self {
        case .rsa2048: .rsa(bits: 2048)
        case .rsa3072: .rsa(bits: 3072)
        case .rsa4096: .rsa(bits: 4096)
        case .p256: .ec(.p256)
        case .p384: .ec(.p384)
        }
    }
}
