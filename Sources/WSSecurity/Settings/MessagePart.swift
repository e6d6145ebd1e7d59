/// A structural part of a message: the one at its place, never another element that looks like it.
public enum MessagePart: Hashable, Codable, Sendable {
    /// `/Envelope/Body`.
    case body
    /// `wsu:Timestamp` in the Security header that is addressed to us.
    case timestamp
    /// Every block of that name directly in `/Envelope/Header`.
    case header(namespace: String, localName: String)
}

extension MessagePart: CustomStringConvertible {
    /// `body`, `timestamp` or the header block's name as `{namespace}local`.
    public var description: String {
        switch self {
        case .body: "body"
        case .timestamp: "timestamp"
        case .header(let namespace, let localName): "{\(namespace)}\(localName)"
        }
    }
}
