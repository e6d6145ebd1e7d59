/// What kind of key this is.
public enum KeyAlgorithm: Hashable, Sendable {
    /// RSA with the size of its modulus in bits.
    case rsa(bits: Int)
    /// An elliptic curve key on a curve of FIPS 186.
    case ec(EllipticCurve)
    /// An Edwards curve key for signatures (RFC 8032, Ed25519).
    case ed25519
    /// A Montgomery curve key for key agreement (RFC 7748, X25519).
    case x25519
    /// A kind that can be named and stored but not computed with; its name or object identifier.
    case other(String)
}

extension KeyAlgorithm: CustomStringConvertible {
    /// Such as `RSA 2048` or `EC P-256`.
    public var description: String {
        switch self {
        case .rsa(let bits): "RSA \(bits)"
        case .ec(let curve): "EC \(curve.rawValue)"
        case .ed25519: "Ed25519"
        case .x25519: "X25519"
        case .other(let name): name
        }
    }
}

/// A curve of FIPS 186.
public enum EllipticCurve: String, CaseIterable, Hashable, Sendable {
    /// NIST P-256, secp256r1.
    case p256 = "P-256"
    /// NIST P-384, secp384r1.
    case p384 = "P-384"
    /// NIST P-521, secp521r1.
    case p521 = "P-521"

    /// The size in octets of each half of a signature (`r` and `s`).
    var orderOctetCount: Int {
        switch self {
        case .p256: 32
        case .p384: 48
        case .p521: 66
        }
    }
}
