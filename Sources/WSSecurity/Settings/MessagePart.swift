/// A structural part of a message: the one at its place, never another element that looks like it.
public enum MessagePart: Hashable, Codable, Sendable {
    /// `/Envelope/Body`.
    case body
    /// `wsu:Timestamp` in the Security header that is addressed to us.
    case timestamp
    /// Every block of that name directly in `/Envelope/Header`.
    case header(namespace: String, localName: String)
    /// The primary `ds:Signature` of the Security header: the first that is no endorsement of another one.
    case signature
    /// The token that the primary signature names, such as its `wsse:BinarySecurityToken`: covered as the element that
    /// stands in the header, or through the STR-Transform.
    case signatureToken
    /// `wsse:UsernameToken` in the Security header.
    case usernameToken
    /// Every SAML assertion in the Security header.
    case samlAssertion
    /// Every `wsse11:SignatureConfirmation` in the Security header.
    case signatureConfirmation
    /// Every element at that path.
    case element(ElementPath)
}

extension MessagePart: CustomStringConvertible {
    /// The part's word such as `body`, a header block's name as `{namespace}local`, or an element's path.
    public var description: String {
        switch self {
        case .body: "body"
        case .timestamp: "timestamp"
        case .header(let namespace, let localName): "{\(namespace)}\(localName)"
        case .signature: "signature"
        case .signatureToken: "signatureToken"
        case .usernameToken: "usernameToken"
        case .samlAssertion: "samlAssertion"
        case .signatureConfirmation: "signatureConfirmation"
        case .element(let path): path.description
        }
    }
}
