extension SecurityFault {
    /// The fault codes of WSS SOAP Message Security 1.1.1 section 12, and the two cases that it leaves to SOAP.
    public enum Code: String, CaseIterable, Codable, Hashable, Sendable {
        /// A token of a kind that is not supported.
        case unsupportedSecurityToken = "UnsupportedSecurityToken"
        /// An algorithm that is not supported or not allowed.
        case unsupportedAlgorithm = "UnsupportedAlgorithm"
        /// The header is wrong, or lacks what the policy demands.
        case invalidSecurity = "InvalidSecurity"
        /// A token is broken.
        case invalidSecurityToken = "InvalidSecurityToken"
        /// A token is not trusted.
        case failedAuthentication = "FailedAuthentication"
        /// A signature or a decryption failed.
        case failedCheck = "FailedCheck"
        /// A key that the message names is not known.
        case securityTokenUnavailable = "SecurityTokenUnavailable"
        /// The timestamp is too old or in the future (section 10).
        case messageExpired = "MessageExpired"
        /// The message is no SOAP envelope, or passes a limit; the peer gets a plain SOAP fault.
        case malformedMessage = "MalformedMessage"
        /// Our own settings or keys cannot protect or open this message; nothing that a peer did.
        case cannotProtect = "CannotProtect"

        /// The namespace of the code: wsse's, or wsu's for `MessageExpired`; none when it is not one of WSS.
        public var namespace: String? {
            switch self {
            case .messageExpired: WSSNamespace.utility
            case .malformedMessage, .cannotProtect: nil
            default: WSSNamespace.extension
            }
        }
    }
}
