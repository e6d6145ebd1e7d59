/// What HTTP says of a SOAP message: its media type and the SOAP action.
enum MediaType {
    /// A media type without parameters, in lower case.
    static func essence(_ contentType: String) -> String {
        let essence = contentType.prefix { $0 != ";" }
        return essence.filter { !$0.isWhitespace }.lowercased()
    }

    /// The SOAP action of a request: the `SOAPAction` field of SOAP 1.1, or the `action` parameter of SOAP 1.2's type.
    ///
    /// `nil` when there is none, or when it is not a text that may stand in a header field.
    static func action(soapAction: String?, contentType: String) -> String? {
        let parameter = contentType.split(separator: ";").dropFirst()
            .map { $0.drop { $0 == " " } }
            .first { $0.lowercased().hasPrefix("action=") }
            .map { String($0.dropFirst("action=".count)) }
        guard var action = soapAction ?? parameter else { return nil }
        if action.count >= 2, action.hasPrefix("\""), action.hasSuffix("\"") {
            action = String(action.dropFirst().dropLast())
        }
        let isPlain = action.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        return !action.isEmpty && action.utf8.count <= 1024 && isPlain ? action : nil
    }
}
