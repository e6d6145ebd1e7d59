package import Cryptography

/// Symmetric key wrap by URI (XML Encryption 1.1 section 5.7.2).
public enum KeyWrapMethod: String, CaseIterable, Hashable, Sendable {
    /// AES key wrap under 128 bits.
    case aes128 = "http://www.w3.org/2001/04/xmlenc#kw-aes128"
    /// AES key wrap under 192 bits.
    case aes192 = "http://www.w3.org/2001/04/xmlenc#kw-aes192"
    /// AES key wrap under 256 bits.
    case aes256 = "http://www.w3.org/2001/04/xmlenc#kw-aes256"

    /// The URI.
    public var uri: String { rawValue }

    /// What is computed.
    package var wrap: KeyWrap {
        switch self {
        case .aes128: .aes128
        case .aes192: .aes192
        case .aes256: .aes256
        }
    }
}
