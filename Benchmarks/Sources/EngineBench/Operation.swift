/// What is done to a message, whole message in, whole message out.
enum Operation: String, CaseIterable, Codable {
    case sign
    case verify
    case encrypt
    case decrypt
    case signEncrypt = "sign+encrypt"
    case verifyDecrypt = "verify+decrypt"
    /// Parse, find by id, exclusive canonicalization, SHA-256; no key.
    case xml

    /// The operation whose result this one takes; `nil` when it takes a plain message.
    var source: Operation? {
        switch self {
        case .verify, .xml: .sign
        case .decrypt: .encrypt
        case .verifyDecrypt: .signEncrypt
        case .sign, .encrypt, .signEncrypt: nil
        }
    }

    /// The operations on a whole message.
    static let messageOperations = allCases.filter { $0 != .xml }
}
