/// One sender, one receiver and the flows between them through the tenant; all of one capability.
enum Lane: String, CaseIterable, Sendable {
    case dual
    case single

    /// The sender system and its organisation.
    var sender: String { "sender-\(rawValue)" }
    /// The receiver system and its organisation.
    var receiver: String { "receiver-\(rawValue)" }
    /// The request-reply flow.
    var orders: String { "orders-\(rawValue)" }
    /// The one-way flow.
    var notices: String { "notices-\(rawValue)" }

    /// The tenant's key pair that signs outbound requests.
    var requestSigning: String { "tenant-request-sign-\(rawValue)" }
    /// The tenant's key pair that signs inbound responses.
    var responseSigning: String { "tenant-response-sign-\(rawValue)" }
    /// The tenant's key pair that decrypts inbound requests.
    var requestDecryption: String { "tenant-request-decrypt-\(rawValue)" }
    /// The tenant's key pair that decrypts outbound responses.
    var responseDecryption: String { "tenant-response-decrypt-\(rawValue)" }
    /// The sender's certificate that verifies inbound requests.
    var senderSigning: String { "sender-sign-\(rawValue)" }
    /// The sender's certificate that encrypts inbound responses.
    var senderEncryption: String { "sender-encrypt-\(rawValue)" }
    /// The receiver's certificate that verifies outbound responses.
    var receiverSigning: String { "receiver-sign-\(rawValue)" }
    /// The receiver's certificate that encrypts outbound requests.
    var receiverEncryption: String { "receiver-encrypt-\(rawValue)" }
}
