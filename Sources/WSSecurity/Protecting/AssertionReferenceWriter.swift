/// Writes the `wsse:SecurityTokenReference` to an assertion (WSS SAML Token Profile 1.1.1 section 3.4); `wsse` and `wsu` must
/// be bound.
struct AssertionReferenceWriter {
    let token: SAMLToken

    /// The reference with `id`, without one when that is `nil`.
    func text(id: String?) -> String {
        let (tokenType, valueType) =
            switch token.version {
            case .saml11: (WSSIdentifier.samlV11, WSSIdentifier.samlAssertionID)
            case .saml20: (WSSIdentifier.samlV20, WSSIdentifier.samlID)
            }
        return "<wsse:SecurityTokenReference xmlns:wsse11=\"\(WSSNamespace.extension11)\""
            + (id.map { " wsu:Id=\"\($0)\"" } ?? "") + " wsse11:TokenType=\"\(tokenType)\">"
            + "<wsse:KeyIdentifier ValueType=\"\(valueType)\">\(token.id)</wsse:KeyIdentifier>"
            + "</wsse:SecurityTokenReference>"
    }
}
