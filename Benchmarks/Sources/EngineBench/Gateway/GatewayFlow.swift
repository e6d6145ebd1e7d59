/// What a gateway does with messages.
enum GatewayFlow: String, CaseIterable, Codable {
    /// Verifies and signs, requests and replies.
    case sign
    /// Verifies and decrypts, then signs and encrypts, requests and replies.
    case signEncrypt = "sign+encrypt"
    /// Verifies, stores durably, answers 202; then signs and delivers.
    case oneWay = "one-way"

    var isEncrypting: Bool { self == .signEncrypt }

    /// The path at the gateway.
    var path: String { "/in/" + id }

    /// The path at the receiver.
    var receiverPath: String { "/" + id }

    var id: String {
        switch self {
        case .sign: "sign"
        case .signEncrypt: "encrypt"
        case .oneWay: "oneway"
        }
    }

    /// How often the gateway protects a message in one exchange, and as often takes one apart.
    var legs: Int { self == .oneWay ? 1 : 2 }
}
