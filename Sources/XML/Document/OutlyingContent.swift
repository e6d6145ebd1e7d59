/// The content of an element that was left out of its document, because nothing in it changes: where it lies.
///
/// A document with large content can so be given a header and ids without being read again. The names in the content must
/// mean the same in both documents: no declaration round it may be changed, and one that is added must be of a namespace
/// that the content's document does not have (`XMLDocument.declares`).
package struct OutlyingContent: Sendable {
    /// The document that holds the content.
    package let document: XMLDocument
    /// The element there whose content it is; of the same name as the one that lacks it.
    package let node: NodeID

    /// The content of `node`.
    package init(of node: NodeID, in document: XMLDocument) {
        self.document = document
        self.node = node
    }

    /// The content's octets.
    package var octets: ArraySlice<UInt8> { document.octets[document.contentRange(of: node)] }
}

extension XMLDocument {
    /// Whether a declaration anywhere in the document binds a prefix to `namespace`; linear in the declarations.
    package func declares(_ namespace: String) -> Bool {
        guard let id = tape.tables.names.id(of: namespace) else { return false }
        for index in 2..<max(2, tape.tables.bindings.count) where tape.tables.bindings[index].namespace == id {
            return true
        }
        return false
    }

    /// Hands the canonical form of `node`, an element without content, to `body` as if it had `content`.
    package func canonicalize(
        _ node: NodeID,
        by method: Canonicalization,
        with content: OutlyingContent,
        into body: (Span<UInt8>) -> Void
    ) {
        let tags = canonicalOctets(of: node, by: method)
        let endTagLength = tape.tables.names.octetCount(of: tape.tables.nodes[node.index].name) + 3
        body(tags.span.extracting(0..<tags.count - endTagLength))
        var rest = AfterStartTag()
        content.document.canonicalize(content.node, by: method) { chunk in
            let start = rest.start(in: chunk)
            if start < chunk.count { body(chunk.extracting(start..<chunk.count)) }
        }
    }
}

/// Finds where a canonical start tag ends in octets that arrive in chunks: values stand between double quotes.
private struct AfterStartTag {
    private var isInValue = false
    private var isFound = false

    /// Where in `chunk` that begins which follows the tag; its count when the tag goes on.
    mutating func start(in chunk: Span<UInt8>) -> Int {
        if isFound { return 0 }
        for index in 0..<chunk.count {
            switch chunk[index] {
            case 0x22: isInValue.toggle()
            case 0x3E where !isInValue:
                isFound = true
                return index + 1
            default: continue
            }
        }
        return chunk.count
    }
}
