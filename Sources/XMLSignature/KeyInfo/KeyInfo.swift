package import XML

/// `ds:KeyInfo` (XML Signature 1.1 section 4.5) with its children, which all name one key.
package struct KeyInfo: Hashable, Sendable {
    /// The most children that are read.
    package static let childLimit = 8

    /// The element.
    package let node: NodeID
    /// Its first child element; the only one by WS-I Basic Security Profile 1.1 R5402.
    package let content: NodeID
    /// The child elements after it.
    package let further: [NodeID]

    /// Reads `node`; throws `malformed` when it holds no element.
    package init(reading node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        var children = document.elements(in: node).makeIterator()
        guard let content = children.next() else { throw .malformed("ds:KeyInfo is empty") }
        var further: [NodeID] = []
        while let child = children.next() {
            guard further.count + 1 < Self.childLimit else {
                throw .limitExceeded(of: "elements in ds:KeyInfo", limit: Self.childLimit)
            }
            further.append(child)
        }
        self.node = node
        self.content = content
        self.further = further
    }
}
