package import XML

/// `ds:KeyInfo` (XML Signature 1.1 section 4.5) with its one child, which names the key.
package struct KeyInfo: Hashable, Sendable {
    /// The element.
    package let node: NodeID
    /// Its only child element.
    package let content: NodeID

    /// Reads `node`; throws `malformed` unless it holds one element (WS-I Basic Security Profile 1.1 R5402).
    package init(reading node: NodeID, in document: XMLDocument) throws(XMLSignatureError) {
        var children = document.elements(in: node).makeIterator()
        guard let content = children.next(), children.next() == nil else {
            throw .malformed("ds:KeyInfo must hold one element")
        }
        self.node = node
        self.content = content
    }
}
