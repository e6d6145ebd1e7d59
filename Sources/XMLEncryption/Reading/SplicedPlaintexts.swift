package import XML
import XMLSignature

/// A document's octets in which plaintexts took the places of their `xenc:EncryptedData`, not scanned yet: the plaintexts are
/// not needed any more.
package struct SplicedPlaintexts: Sendable {
    /// One plaintext.
    struct Part {
        let kind: EncryptedData.Kind
        /// What it replaced, in `old`.
        let node: NodeID
        /// Where it is now.
        var range: Range<Int>
    }

    let old: XMLDocument
    private var octets: [UInt8]
    private var parts: [Part]

    /// Puts the plaintexts in; throws `malformed` where content is not all that its parent holds.
    package init(
        _ replacements: [DecryptedDocument.Replacement],
        in old: XMLDocument
    ) throws(XMLEncryptionError) {
        for replacement in replacements where replacement.kind == .content {
            try Self.checkAlone(replacement.node, in: old)
        }
        self.old = old
        let edits = replacements.map { XMLEdit(range: old.range(of: $0.node), replacement: $0.plaintext) }
        octets = old.applying(edits, reusing: true)
        parts = replacements.map { replacement in
            let start = old.range(of: replacement.node).lowerBound
            return Part(
                kind: replacement.kind,
                node: replacement.node,
                range: start..<start + replacement.plaintext.count
            )
        }
        var growth = 0
        for index in inOrder {
            let count = parts[index].range.count
            let start = parts[index].range.lowerBound + growth
            growth += count - old.range(of: parts[index].node).count
            parts[index].range = start..<start + count
        }
    }

    /// Where the plaintexts are in the result, in the order of the replacements.
    package var ranges: [Range<Int>] { parts.map(\.range) }

    /// The parts in document order.
    var ordered: [Part] { inOrder.map { parts[$0] } }

    private var inOrder: [Int] {
        parts.indices.sorted { old.range(of: parts[$0].node).lowerBound < old.range(of: parts[$1].node).lowerBound }
    }

    /// The octets, which are gone then.
    mutating func takeOctets() -> [UInt8] {
        let taken = octets
        octets = []
        return taken
    }

    private static func checkAlone(_ node: NodeID, in document: XMLDocument) throws(XMLEncryptionError) {
        guard let parent = document.parent(of: node), document.kind(of: parent) == .element else {
            throw .malformed("xenc:EncryptedData of content stands where no content can be")
        }
        for sibling in document.children(of: parent) where sibling != node {
            let isSpace =
                document.kind(of: sibling) == .text
                && document.octets[document.range(of: sibling)].allSatisfy(\.isXMLSpace)
            guard isSpace else { throw .malformed("xenc:EncryptedData of content must be the whole content") }
        }
    }
}
