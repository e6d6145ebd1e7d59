import XML

/// The message as its sender has it, to compare with.
struct OriginalMessage {
    let document: XMLDocument
    private let layout: EnvelopeLayout

    init(_ octets: [UInt8]) throws(SecurityFault) {
        document = try XMLDocument(message: octets, limits: .standard)
        layout = try EnvelopeLayout(of: document)
    }

    /// The element with that id, else the one of the same name at the same structural place.
    func element(
        like node: NodeID,
        id: String,
        place: String,
        of received: XMLDocument
    ) -> (document: XMLDocument, node: NodeID)? {
        let named = IdentifierTable(of: document).elements(id)
        if let only = named.first, named.count == 1 { return (document, only) }
        if place == MessagePart.body.description { return (document, layout.body) }
        let name = received.name(of: node)
        return document.descendants(of: document.root).first { document.name(of: $0) == name }.map { (document, $0) }
    }
}
