import XML

/// What a receiver reads in an envelope to route and correlate it.
///
/// Nothing here is verified.
public struct SOAPEnvelope: Sendable {
    /// A name in a namespace.
    public struct Name: Hashable, Sendable {
        /// The namespace; empty for none.
        public let namespace: String
        /// The local name.
        public let localName: String
    }

    /// The SOAP version.
    public let version: SOAPVersion
    /// The name of Body's first child element; `nil` when there is none.
    public let bodyElementName: Name?
    /// `wsa:MessageID` (WS-Addressing 1.0).
    public let messageID: String?
    /// `wsa:RelatesTo`.
    public let relatesTo: String?
    /// `wsa:Action`.
    public let action: String?
    /// Whether some `wsse:Security` header is there, for whomever.
    public let hasSecurityHeader: Bool
    /// The fault in Body.
    public let fault: SOAPFault?

    /// Whether Body holds a fault.
    public var isFault: Bool { fault != nil }

    /// Reads `octets`; throws `malformedMessage` when they are no SOAP envelope or pass the limits.
    public init(_ octets: [UInt8], limits: ProcessingLimits = ProcessingLimits()) throws(SecurityFault) {
        let document = try XMLDocument(message: octets, limits: limits.xml)
        let layout = try EnvelopeLayout(of: document)
        version = layout.version
        bodyElementName = document.elements(in: layout.body).first { _ in true }
            .map {
                let name = document.name(of: $0)
                return Name(namespace: name.namespace, localName: name.localName)
            }
        let addressing = { (name: String) in
            layout.blocks.first { document.isNamed($0, name, in: WSSNamespace.addressing) }
                .map(document.trimmedText(of:))
        }
        messageID = addressing("MessageID")
        relatesTo = addressing("RelatesTo")
        action = addressing("Action")
        hasSecurityHeader = layout.blocks.contains { document.isNamed($0, "Security", in: WSSNamespace.extension) }
        fault = SOAPFault(in: document, layout)
    }
}
