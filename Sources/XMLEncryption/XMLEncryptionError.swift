package import Cryptography

/// Why encrypted parts were refused or could not be made.
package enum XMLEncryptionError: Error, Hashable, Sendable {
    /// An element is missing, repeated, out of place or unreadable; which one, and how it must be.
    case malformed(String)
    /// An algorithm that is unknown; the URI.
    case unsupportedAlgorithm(uri: String)
    /// More than a limit: of what, and how many are allowed.
    case limitExceeded(of: String, limit: Int)
    /// The octets did not open with the key. Deliberately without a cause.
    case decryptionFailed
    /// The decrypted octets cannot take the place of the encrypted ones; why.
    case misplacedPlaintext(String)
    /// The device that holds the key does not compute; its cause.
    case keyUnavailable(CryptographyError)
    /// The key cannot encrypt.
    case cannotEncrypt(CryptographyError)
}

extension XMLEncryptionError: CustomStringConvertible {
    /// The cause; what a message brought is cut to 128 characters.
    package var description: String {
        switch self {
        case .malformed(let what): what
        case .unsupportedAlgorithm(let uri): "xenc:EncryptionMethod: algorithm \(uri.prefix(128)) is not allowed"
        case .limitExceeded(let what, let limit): "more than \(limit) \(what)"
        case .decryptionFailed:
            "decryption failed: the octets were changed, or were encrypted with another key than the one named"
        case .misplacedPlaintext(let why): "the decrypted content was refused: \(why)"
        case .keyUnavailable(let error): "the key cannot be used now: \(error)"
        case .cannotEncrypt(let error): "encrypting failed: \(error)"
        }
    }
}
