/// The face of a `SecurityFault` that a peer sees.
public struct OutwardFault: Hashable, Sendable {
    /// The code; failures of keys, signatures and decryptions all have `failedCheck`.
    public let code: SecurityFault.Code
    /// The standard's text for the code (WSS SOAP Message Security 1.1.1 section 12).
    public let text: String

    init(_ code: SecurityFault.Code) {
        self.code = code.isKeyOrCheck ? .failedCheck : code
        text = self.code.text
    }
}

extension SecurityFault.Code {
    fileprivate var isKeyOrCheck: Bool {
        switch self {
        case .invalidSecurityToken, .failedAuthentication, .failedCheck, .securityTokenUnavailable: true
        default: false
        }
    }

    fileprivate var text: String {
        switch self {
        case .unsupportedSecurityToken: "An unsupported token was provided"
        case .unsupportedAlgorithm: "An unsupported signature or encryption algorithm was used"
        case .invalidSecurity: "An error was discovered processing the <wsse:Security> header"
        case .invalidSecurityToken: "An invalid security token was provided"
        case .failedAuthentication: "The security token could not be authenticated or authorized"
        case .failedCheck: "The signature or decryption was invalid"
        case .securityTokenUnavailable: "Referenced security token could not be retrieved"
        case .messageExpired: "The message has expired"
        case .malformedMessage: "The message is not a well-formed SOAP envelope"
        case .cannotProtect: "The message could not be protected or opened"
        }
    }
}
