import WSSecurity

/// What HTTP says of a SOAP message: its media type and the SOAP action.
enum MediaType {
    /// A SOAP message with other parts (SOAP Messages with Attachments, MTOM).
    static let related = "multipart/related"
    /// A SOAP message whose binary content may stand in other parts (MTOM section 3.2).
    static let xop = "application/xop+xml"

    /// A media type without parameters, in lower case.
    static func essence(_ contentType: String) -> String {
        let end = contentType.utf8.firstIndex(of: UInt8(ascii: ";")) ?? contentType.endIndex
        let essence = contentType[..<end]
        // The rule; anything else is brought to it.
        let isPlain = essence.utf8.allSatisfy { (0x21...0x7E).contains($0) && !(0x41...0x5A).contains($0) }
        return isPlain ? String(essence) : essence.filter { !$0.isWhitespace }.lowercased()
    }

    /// The value of `Content-Type` for an envelope of ours; SOAP 1.2 has the action in it (RFC 3902).
    static func contentType(of version: SOAPVersion, action: String? = nil) -> String {
        let parameter = version == .soap12 ? action.map { "; action=\"\($0)\"" } : nil
        return version.contentType + (parameter ?? "")
    }

    /// Whether a message in this type can be read: in UTF-8 or UTF-16, or in a charset that is a part of them.
    static func isReadable(_ contentType: String) -> Bool {
        guard let charset = MIMEType(contentType)?.parameters["charset"]?.lowercased() else { return true }
        return ["utf-8", "utf8", "us-ascii", "utf-16", "utf-16le", "utf-16be"].contains(charset)
    }

    /// The SOAP action of a request: the `SOAPAction` field of SOAP 1.1, or the `action` parameter of SOAP 1.2's type.
    ///
    /// `nil` when there is none, or when it is not a text that may stand in a header field.
    static func action(soapAction: String?, contentType: String) -> String? {
        guard var action = soapAction ?? MIMEType(contentType)?.parameters["action"] else { return nil }
        if action.count >= 2, action.hasPrefix("\""), action.hasSuffix("\"") {
            action = String(action.dropFirst().dropLast())
        }
        let isPlain = action.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != 0x22 && $0 != 0x5C }
        return !action.isEmpty && action.utf8.count <= 1024 && isPlain ? action : nil
    }
}
