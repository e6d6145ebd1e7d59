/// How a message is encrypted; the recipient apart.
public struct EncryptionSettings: Hashable, Sendable {
    /// The cipher of the content.
    public var algorithm: EncryptionMethod
    /// How the content's key is wrapped for the recipient.
    public var keyTransport: KeyTransportMethod
    /// How the wrapped key names the recipient's certificate.
    public var keyReference: KeyReference
    /// The name in `ds:KeyName`; `nil` = the certificate's subject.
    public var keyName: String?
    /// Where the wrapped key stands.
    public var keyPlacement: EncryptedKeyPlacement
    /// What is encrypted: of the body, of header blocks and of elements the content; what is in the Security header as a
    /// whole.
    public var parts: [MessagePart]
    /// What else is encrypted, all of it as a whole: elements, what is in the Security header, and header blocks, which then
    /// travel in a `wsse11:EncryptedHeader` (WSS SOAP Message Security 1.1.1 section 9.3).
    public var wholeParts: Set<MessagePart>

    /// Settings; AES-256-GCM of the body's content under RSA-OAEP unless told otherwise.
    public init(
        algorithm: EncryptionMethod = .aes256GCM,
        keyTransport: KeyTransportMethod = .rsaOAEPMGF1P(digest: .sha1),
        keyReference: KeyReference = .issuerSerial,
        keyName: String? = nil,
        keyPlacement: EncryptedKeyPlacement = .header,
        parts: [MessagePart] = [.body],
        wholeParts: Set<MessagePart> = []
    ) {
        self.algorithm = algorithm
        self.keyTransport = keyTransport
        self.keyReference = keyReference
        self.keyName = keyName
        self.keyPlacement = keyPlacement
        self.parts = parts
        self.wholeParts = wholeParts
    }
}

extension EncryptionSettings {
    /// What is encrypted as a whole, in a lasting order.
    var allWholeParts: [MessagePart] {
        wholeParts.union(parts.filter(\.isInSecurityHeader)).sorted { $0.description < $1.description }
    }
}
