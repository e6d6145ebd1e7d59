/// One sender, one receiver and the flows between them through the tenant; both of one capability.
enum Lane: String, CaseIterable, Sendable {
    case dual
    case single
    /// The three of the composite renewal, in which one key of the tenant signs and decrypts everything.
    case mixedDual = "mixed-dual"
    case mixedSingle = "mixed-single"
    case mixedOther = "mixed-other"

    /// Those of the eight cases: one with keys of its own for each purpose, for each capability.
    static let separate = [Lane.dual, .single]
    /// Those of the composite renewal.
    static let mixed = [Lane.mixedDual, .mixedSingle, .mixedOther]

    /// How many keys its systems handle at once.
    var keys: String { self == .single || self == .mixedSingle ? "single" : "dual" }

    /// The sender system and its organisation.
    var sender: String { "sender-\(rawValue)" }
    /// The receiver system and its organisation.
    var receiver: String { "receiver-\(rawValue)" }
    /// The request-reply flow.
    var orders: String { "orders-\(rawValue)" }
    /// The one-way flow.
    var notices: String { "notices-\(rawValue)" }

    /// The tenant's key pair that signs outbound requests.
    var requestSigning: String { own("tenant-request-sign") }
    /// The tenant's key pair that signs inbound responses.
    var responseSigning: String { own("tenant-response-sign") }
    /// The tenant's key pair that decrypts inbound requests.
    var requestDecryption: String { own("tenant-request-decrypt") }
    /// The tenant's key pair that decrypts outbound responses.
    var responseDecryption: String { own("tenant-response-decrypt") }
    /// The sender's certificate that verifies inbound requests.
    var senderSigning: String { "sender-sign-\(rawValue)" }
    /// The sender's certificate that encrypts inbound responses.
    var senderEncryption: String { "sender-encrypt-\(rawValue)" }
    /// The receiver's certificate that verifies outbound responses.
    var receiverSigning: String { "receiver-sign-\(rawValue)" }
    /// The receiver's certificate that encrypts outbound requests.
    var receiverEncryption: String { "receiver-encrypt-\(rawValue)" }

    /// The one key of the composite renewal.
    static let sharedKey = "tenant-everything"

    private func own(_ purpose: String) -> String {
        Lane.mixed.contains(self) ? Lane.sharedKey : "\(purpose)-\(rawValue)"
    }
}
