/// What a message says about its protection.
///
/// Nothing is verified or decrypted, and no trust is decided.
public struct MessageInspection: Codable, Hashable, Sendable {
    /// A `wsse:Security` header.
    public struct Header: Codable, Hashable, Sendable {
        /// The actor or role that it is for; `nil` = the ultimate receiver.
        public let actor: String?
        /// Whether it must be understood.
        public let mustUnderstand: Bool
        /// `wsu:Created` of its timestamp, as written.
        public let created: String?
        /// `wsu:Expires` of its timestamp, as written.
        public let expires: String?
        /// Its signatures.
        public let signatures: [Signature]
        /// Its wrapped keys.
        public let encryptedKeys: [EncryptedKey]
        /// Names of child elements that are neither.
        public let others: [String]
    }

    /// A `ds:Signature`.
    public struct Signature: Codable, Hashable, Sendable {
        /// The URI of the signature algorithm.
        public let algorithm: String
        /// What names the key.
        public let key: String
        /// What is referred to.
        public let references: [Reference]
    }

    /// A `ds:Reference`.
    public struct Reference: Codable, Hashable, Sendable {
        /// The URI as written.
        public let uri: String
        /// The element that it leads to: a part such as `body`, or a name; `nil` when it is none or several.
        public let target: String?
        /// The URI of the digest algorithm.
        public let digest: String
        /// The URIs of the transforms.
        public let transforms: [String]
    }

    /// An `xenc:EncryptedKey`.
    public struct EncryptedKey: Codable, Hashable, Sendable {
        /// The URI of the key transport.
        public let algorithm: String
        /// What names the key.
        public let key: String
        /// The encrypted data that it names.
        public let data: [EncryptedData]
    }

    /// An `xenc:EncryptedData`.
    public struct EncryptedData: Codable, Hashable, Sendable {
        /// The id.
        public let id: String
        /// The URI of the cipher; `nil` when the data are missing.
        public let algorithm: String?
        /// Where it stands: a part such as `body`, or the name of the parent element.
        public let place: String?
    }

    /// The SOAP version, `1.1` or `1.2`.
    public let soapVersion: String
    /// The size of the message in octets.
    public let octetCount: Int
    /// The name of Body's first child element; `nil` when there is none.
    public let body: String?
    /// The names of the header blocks.
    public let headerBlocks: [String]
    /// The Security headers.
    public let security: [Header]
}
