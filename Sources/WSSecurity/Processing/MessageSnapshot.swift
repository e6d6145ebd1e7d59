import XML
import XMLSignature

/// A message as it stands at one moment of its processing: decrypting makes a new one.
struct MessageSnapshot {
    let document: XMLDocument
    let layout: EnvelopeLayout
    let elements: ElementIndex
    let header: SecurityHeader?

    init(scanning octets: [UInt8], policy: InboundPolicy) throws(SecurityFault) {
        try self.init(XMLDocument(message: octets, limits: policy.limits.xml), policy: policy)
    }

    /// `body` knows the ids of a Body whose content is not held.
    init(_ document: XMLDocument, policy: InboundPolicy, streaming body: StreamedBody? = nil) throws(SecurityFault) {
        self.document = document
        layout = try EnvelopeLayout(of: document)
        elements = try securityFault(
            fromSignature: ElementIndex(
                of: document,
                qualified: Self.identifiers,
                requiringNames: !policy.allowsForeignIdentifiers
            )
        )
        try body?.checkIdentifiers()
        header =
            if let position = try layout.securityHeader(for: policy.actor, in: document) {
                try SecurityHeader(at: position, of: layout, in: document, policy: policy)
            } else { nil }
    }

    static let identifiers = [
        ExpandedName("Id", in: WSSNamespace.utility),
        ExpandedName("id", in: "http://www.w3.org/XML/1998/namespace"),
    ]
}
