/// What can go wrong in a computation; no case carries octets of a key or a plaintext.
public enum CryptographyError: Error, Hashable, Sendable {
    /// The key's algorithm cannot do what was asked; both are named.
    case keyAlgorithmMismatch(key: String, algorithm: String)
    /// A key could not be read; the cause.
    case malformedKey(String)
    /// A well-formed key of a kind that is not supported; the kind and what is supported.
    case unsupportedKey(String)
    /// The container is encrypted and no password was given.
    case passwordRequired
    /// The password does not open the container.
    case wrongPassword
    /// A certificate could not be read; the cause.
    case malformedCertificate(String)
    /// A distinguished name could not be read; the cause.
    case malformedName(String)
    /// PEM text could not be read; the cause.
    case malformedPEM(String)
    /// A PKCS#12 container could not be read; the cause.
    case malformedPKCS12(String)
    /// A limit on input was passed.
    case limitExceeded(what: String, limit: Int)
    /// A symmetric key of the wrong size; both in octets.
    case wrongKeyLength(expected: Int, actual: Int)
    /// Decryption failed; deliberately without a cause, so that it tells an attacker nothing.
    case decryptionFailed
    /// libcrypto refused an operation; its reason.
    case operationFailed(operation: String, reason: String)
    /// The device that holds the key does not do what was asked; which one, and the cause with its mend.
    case deviceFailed(device: String, cause: String)
}

extension CryptographyError: CustomStringConvertible {
    /// The cause and, where there is one, the mend.
    public var description: String {
        switch self {
        case .keyAlgorithmMismatch(let key, let algorithm):
            "a key of kind \(key) cannot be used for \(algorithm): choose an algorithm of the key's family"
        case .malformedKey(let cause): "the key cannot be read: \(cause)"
        case .unsupportedKey(let kind): "the key is not supported: \(kind)"
        case .passwordRequired: "the key is encrypted: give its password"
        case .wrongPassword: "the password does not open the container, or the file was changed or cut off"
        case .malformedCertificate(let cause): "the certificate cannot be read: \(cause)"
        case .malformedName(let cause): "the distinguished name cannot be read: \(cause)"
        case .malformedPEM(let cause): "the PEM text cannot be read: \(cause)"
        case .malformedPKCS12(let cause): "the PKCS#12 container cannot be read: \(cause)"
        case .limitExceeded(let what, let limit): "\(what) passes the limit of \(limit)"
        case .wrongKeyLength(let expected, let actual): "the key has \(actual) octets, the algorithm takes \(expected)"
        case .decryptionFailed: "decryption failed"
        case .operationFailed(let operation, let reason): "libcrypto refused \(operation): \(reason)"
        case .deviceFailed(let device, let cause): "\(device): \(cause)"
        }
    }
}
