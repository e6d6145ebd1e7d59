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
        /// Its timestamp.
        public let timestamp: Timestamp?
        /// Its signatures.
        public let signatures: [Signature]
        /// Its wrapped keys.
        public let encryptedKeys: [EncryptedKey]
        /// Its tokens and all other child elements, in the header's order.
        public let tokens: [Token]
    }

    /// A `wsu:Timestamp`.
    public struct Timestamp: Codable, Hashable, Sendable {
        /// `wsu:Created`, as written.
        public let created: String?
        /// `wsu:Expires`, as written.
        public let expires: String?
        /// Seconds from Created to the moment of judgement; negative when it lies in the future.
        public let ageInSeconds: Int?
        /// Seconds from the moment of judgement to Expires; negative when it is past.
        public let remainingSeconds: Int?
    }

    /// A `ds:Signature`.
    public struct Signature: Codable, Hashable, Sendable {
        /// The URI of the signature algorithm.
        public let algorithm: String
        /// The URI of the canonicalization of `ds:SignedInfo`.
        public let canonicalization: String
        /// What names the key.
        public let key: Key
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
        /// The URI of the key transport, key wrap or key agreement.
        public let algorithm: String
        /// What names the key that opens it.
        public let key: Key
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

    /// A token, or a child of `wsse:Security` of another kind.
    public struct Token: Codable, Hashable, Sendable {
        /// The element's name with its usual prefix.
        public let name: String
        /// What it holds, in words: a certificate's subject, a user's name; never a password.
        public let content: String?
    }

    /// The SOAP version, `1.1` or `1.2`.
    public let soapVersion: String
    /// The size of the message in octets.
    public let octetCount: Int
    /// Whether the message begins with a byte order mark.
    public let hasByteOrderMark: Bool
    /// The name of Body's first child element; `nil` when there is none.
    public let body: String?
    /// The names of the header blocks.
    public let headerBlocks: [String]
    /// The Security headers.
    public let security: [Header]
    /// Where the message departs from WS-I Basic Security Profile 1.1.
    public let violations: [ProfileViolation]
}
