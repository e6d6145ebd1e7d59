import XML

/// The structural elements of a SOAP envelope: an optional Header first, then one Body, and nothing else.
struct EnvelopeLayout {
    let version: SOAPVersion
    let header: NodeID?
    let body: NodeID
    /// The child elements of Header.
    let blocks: [NodeID]

    init(of document: XMLDocument) throws(SecurityFault) {
        let name = document.name(of: document.root)
        guard name.localName == "Envelope", let version = SOAPVersion(namespace: name.namespace) else {
            throw SecurityFault(.malformedMessage, "the document element is no SOAP 1.1 or 1.2 Envelope")
        }
        var children = document.elements(in: document.root).makeIterator()
        var next = children.next()
        if let child = next, document.isNamed(child, "Header", in: version.namespace) {
            header = child
            blocks = Array(document.elements(in: child))
            next = children.next()
        } else {
            header = nil
            blocks = []
        }
        guard let body = next, document.isNamed(body, "Body", in: version.namespace), children.next() == nil else {
            throw SecurityFault(.malformedMessage, "the Envelope must hold a Header at most and one Body, nothing else")
        }
        self.version = version
        self.body = body
    }
}
