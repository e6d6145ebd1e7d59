/// The namespaces of Web Services Security.
package enum WSSNamespace {
    /// `wsse:` (WSS 1.0 and 1.1 share it).
    package static let `extension` =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd"
    /// `wsse11:`.
    package static let extension11 = "http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"
    /// `wsu:`.
    package static let utility =
        "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd"
    /// WS-Addressing 1.0.
    package static let addressing = "http://www.w3.org/2005/08/addressing"
    /// The submission of WS-Addressing of August 2004.
    package static let addressing2004 = "http://schemas.xmlsoap.org/ws/2004/08/addressing"
}
