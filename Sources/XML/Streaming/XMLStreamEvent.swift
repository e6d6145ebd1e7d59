/// Something that a stream has come upon; ranges count in the document's octets.
package enum XMLStreamEvent: Sendable {
    /// A start tag, or an empty-element tag.
    case start(XMLStreamElement)
    /// The end of an element at that depth, the document element's being 1; the range of an empty-element tag's is empty.
    case end(depth: Int, tag: Range<Int>)
    /// A comment, a processing instruction or a run of text, which a stream may bring in several pieces; the depth is that of
    /// the element round it.
    case node(NodeKind, depth: Int, range: Range<Int>)
}

/// An element whose tag a stream has come upon.
package struct XMLStreamElement: Sendable {
    /// Its number in document order, from 0.
    package let number: Int
    /// 1 for the document element.
    package let depth: Int
    /// The octets of its tag.
    package let tag: Range<Int>
    /// Whether the tag is all there is of it.
    package let isEmptyElementTag: Bool
    /// Its place in the present piece.
    let index: Int
}
