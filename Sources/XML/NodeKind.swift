/// What a node is.
///
/// A CDATA section is text of its own beside the text around it.
package enum NodeKind: UInt8, BitwiseCopyable, Hashable, Sendable {
    case document, element, text, comment, processingInstruction
}
