/// How an RSA key signs.
public enum RSASignatureScheme: String, CaseIterable, Hashable, Sendable {
    /// RSASSA-PKCS1-v1_5: what every stack understands.
    case pkcs1
    /// RSASSA-PSS with a mask of the same hash and a salt as long as a digest.
    case pss
}
