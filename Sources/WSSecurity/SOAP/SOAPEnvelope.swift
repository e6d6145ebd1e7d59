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

    /// A child element of Header.
    package struct HeaderBlock: Hashable, Sendable {
        /// Its name.
        package let name: Name
        /// The actor (SOAP 1.1) or role (SOAP 1.2) that it is for; `nil` = the ultimate receiver.
        package let actor: String?
        /// Whether whoever acts so must understand it or refuse the message.
        package let mustUnderstand: Bool
    }

    /// The SOAP version.
    public let version: SOAPVersion
    /// The name of Body's first child element; `nil` when there is none.
    public let bodyElementName: Name?
    /// `wsa:MessageID` (WS-Addressing 1.0, or the submission of August 2004).
    public let messageID: String?
    /// `wsa:RelatesTo`.
    public let relatesTo: String?
    /// `wsa:Action`.
    public let action: String?
    /// Whether some `wsse:Security` header is there, for whomever.
    public let hasSecurityHeader: Bool
    /// The fault in Body.
    public let fault: SOAPFault?
    /// The children of Header, in order.
    package let headerBlocks: [HeaderBlock]

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
            layout.blocks
                .first { block in
                    [WSSNamespace.addressing, WSSNamespace.addressing2004]
                        .contains { document.isNamed(block, name, in: $0) }
                }
                .map(document.trimmedText(of:))
        }
        messageID = addressing("MessageID")
        relatesTo = addressing("RelatesTo")
        action = addressing("Action")
        hasSecurityHeader = layout.blocks.contains { document.isNamed($0, "Security", in: WSSNamespace.extension) }
        fault = SOAPFault(in: document, layout)
        headerBlocks = layout.blocks.map { block in
            let name = document.name(of: block)
            let actor = document.attribute(layout.version.actorAttribute, in: layout.version.namespace, of: block)
            let obligation = document.attribute("mustUnderstand", in: layout.version.namespace, of: block)
            return HeaderBlock(
                name: Name(namespace: name.namespace, localName: name.localName),
                actor: actor.flatMap { $0.isEmpty || $0 == SOAPVersion.ultimateReceiver ? nil : $0 },
                mustUnderstand: ["1", "true"].contains(obligation?.trimmingXMLSpace())
            )
        }
    }
}
