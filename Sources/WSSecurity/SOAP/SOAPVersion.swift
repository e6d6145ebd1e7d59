/// The SOAP versions that the engine reads and writes.
public enum SOAPVersion: String, CaseIterable, Codable, Hashable, Sendable {
    /// SOAP 1.1 (W3C note of 8 May 2000).
    case soap11 = "1.1"
    /// SOAP 1.2 part 1.
    case soap12 = "1.2"

    /// The namespace of `Envelope`, `Header`, `Body` and `Fault`.
    public var namespace: String {
        switch self {
        case .soap11: "http://schemas.xmlsoap.org/soap/envelope/"
        case .soap12: "http://www.w3.org/2003/05/soap-envelope"
        }
    }

    /// The media type of a message, without parameters.
    public var mediaType: String {
        switch self {
        case .soap11: "text/xml"
        case .soap12: "application/soap+xml"
        }
    }

    /// The value of HTTP's `Content-Type` for a message in UTF-8.
    public var contentType: String { mediaType + "; charset=utf-8" }

    /// The version whose namespace is `namespace`, if there is one.
    public init?(namespace: String) {
        guard let version = Self.allCases.first(where: { $0.namespace == namespace }) else { return nil }
        self = version
    }

    /// The local name of the attribute that targets a header block: `actor` in SOAP 1.1, `role` in SOAP 1.2.
    package var actorAttribute: String {
        switch self {
        case .soap11: "actor"
        case .soap12: "role"
        }
    }

    /// The role that no actor means as well (SOAP 1.2 part 1 section 2.2).
    package static let ultimateReceiver = "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"
}
