import XML

/// A SOAP fault of either version (SOAP 1.1 section 4.4, SOAP 1.2 part 1 section 5.4).
public struct SOAPFault: Hashable, Sendable {
    /// Who is at fault.
    public enum Code: String, Codable, Hashable, Sendable {
        /// The sender of the message: `Client` in SOAP 1.1, `Sender` in SOAP 1.2.
        case client
        /// Its receiver: `Server`, `Receiver`.
        case server
        /// A mandatory header was not understood.
        case mustUnderstand
        /// The envelope's namespace is not one that is known.
        case versionMismatch
    }

    /// A qualified name that says more about the cause.
    public struct Subcode: Hashable, Sendable {
        /// Its namespace.
        public let namespace: String
        /// Its local name.
        public let name: String

        /// A name.
        public init(namespace: String, name: String) {
            self.namespace = namespace
            self.name = name
        }
    }

    /// The version that it is written in.
    public let version: SOAPVersion
    /// Who is at fault.
    public let code: Code
    /// The reason, for humans.
    public let reason: String
    /// What more is known of the cause.
    ///
    /// In SOAP 1.1 it takes the place of the code.
    public let subcode: Subcode?

    /// A fault.
    public init(version: SOAPVersion, code: Code, reason: String, subcode: Subcode? = nil) {
        self.version = version
        self.code = code
        self.reason = reason
        self.subcode = subcode
    }

    /// What a peer gets for `fault`: uniform (WSS SOAP Message Security 1.1.1 section 12).
    public static func security(_ fault: SecurityFault, version: SOAPVersion) -> SOAPFault {
        let outward = fault.outward
        let subcode = outward.code.namespace.map { Subcode(namespace: $0, name: outward.code.rawValue) }
        let isOurs = outward.code == .cannotProtect
        return SOAPFault(version: version, code: isOurs ? .server : .client, reason: outward.text, subcode: subcode)
    }

    /// Whether a peer says with it that the message's protection was wrong.
    public var isSecurityFault: Bool {
        guard let subcode else { return false }
        return subcode.namespace == WSSNamespace.extension
            || subcode == Subcode(namespace: WSSNamespace.utility, name: "MessageExpired")
    }
}
