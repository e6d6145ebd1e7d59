package import Cryptography

/// `xenc:EncryptionMethod` of data: the ciphers by URI (XML Encryption 1.1 section 5.2).
public enum EncryptionMethod: String, CaseIterable, Hashable, Sendable {
    case aes128GCM = "http://www.w3.org/2009/xmlenc11#aes128-gcm"
    case aes192GCM = "http://www.w3.org/2009/xmlenc11#aes192-gcm"
    case aes256GCM = "http://www.w3.org/2009/xmlenc11#aes256-gcm"
    case aes128CBC = "http://www.w3.org/2001/04/xmlenc#aes128-cbc"
    case aes192CBC = "http://www.w3.org/2001/04/xmlenc#aes192-cbc"
    case aes256CBC = "http://www.w3.org/2001/04/xmlenc#aes256-cbc"
    /// Triple DES, for what old peers send: an explicit opt-in that opens and never encrypts.
    case tripleDESCBC = "http://www.w3.org/2001/04/xmlenc#tripledes-cbc"

    /// The URI.
    public var uri: String { rawValue }

    /// AES-128 and AES-256 in GCM: ciphers that notice changes.
    public static let recommended: Set<EncryptionMethod> = [.aes128GCM, .aes256GCM]

    /// What is computed.
    package var cipher: BlockEncryption {
        switch self {
        case .aes128GCM: .aes128GCM
        case .aes192GCM: .aes192GCM
        case .aes256GCM: .aes256GCM
        case .aes128CBC: .aes128CBC
        case .aes192CBC: .aes192CBC
        case .aes256CBC: .aes256CBC
        case .tripleDESCBC: .tripleDESCBC
        }
    }
}
