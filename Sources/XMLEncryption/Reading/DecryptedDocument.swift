package import XML
import XMLSignature

/// A document in which plaintexts took the places of their `xenc:EncryptedData`.
package struct DecryptedDocument: Sendable {
    /// The document, scanned anew under the same limits.
    package let document: XMLDocument

    /// One replacement.
    package struct Replacement: Sendable {
        /// What the plaintext is.
        package let kind: EncryptedData.Kind
        /// What is replaced: the `xenc:EncryptedData`, or the element round it that goes with it.
        package let node: NodeID
        /// What comes in its place.
        package let plaintext: ArraySlice<UInt8>

        /// A replacement.
        package init(kind: EncryptedData.Kind, node: NodeID, plaintext: ArraySlice<UInt8>) {
            self.kind = kind
            self.node = node
            self.plaintext = plaintext
        }
    }

    /// Puts the plaintexts in and scans the result.
    ///
    /// Each must fill exactly its place: an element must be one element and nothing else; content must end where its
    /// parent ends, and the parent must hold nothing besides. So no plaintext can close or swallow what is around it.
    package init(
        replacing replacements: [Replacement],
        in old: XMLDocument,
        limits: XMLLimits
    ) throws(XMLEncryptionError) {
        for replacement in replacements where replacement.kind == .content {
            try Self.checkAlone(replacement.node, in: old)
        }
        let edits = replacements.map { XMLEdit(range: old.range(of: $0.node), replacement: $0.plaintext) }
        do {
            document = try XMLDocument(scanning: old.applying(edits, reusing: true), limits: limits, reusing: true)
        } catch {
            // Names and characters of a plaintext are nothing for a log.
            throw .misplacedPlaintext("it is not well-formed, or passes a limit")
        }
        try checkPlaces(of: replacements, in: old)
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

    private func checkPlaces(of replacements: [Replacement], in old: XMLDocument) throws(XMLEncryptionError) {
        let ordered = replacements.sorted { old.range(of: $0.node).lowerBound < old.range(of: $1.node).lowerBound }
        var growth = 0
        var end = 0
        for replacement in ordered {
            let place = old.range(of: replacement.node)
            guard place.lowerBound >= end else { throw .malformed("encrypted parts lie within one another") }
            end = place.upperBound
            let before = growth
            growth += replacement.plaintext.count - place.count
            switch replacement.kind {
            case .element:
                let start = place.lowerBound + before
                let node = document.element(startingAt: start)
                guard node.map(document.range(of:)) == start..<start + replacement.plaintext.count else {
                    throw .misplacedPlaintext("it is not exactly one element")
                }
            case .content:
                guard let parent = old.parent(of: replacement.node) else { continue }
                let content = old.contentRange(of: parent)
                let node = document.element(startingAt: old.range(of: parent).lowerBound + before)
                let expected = content.lowerBound + before..<content.upperBound + growth
                guard node.map(document.contentRange(of:)) == expected else {
                    throw .misplacedPlaintext("it does not end where its parent element ends")
                }
            }
        }
    }
}

extension XMLDocument {
    /// The element whose start tag begins at `offset`.
    fileprivate func element(startingAt offset: Int) -> NodeID? {
        var node = root
        while range(of: node).lowerBound != offset {
            guard let child = elements(in: node).first(where: { range(of: $0).contains(offset) }) else { return nil }
            node = child
        }
        return node
    }
}
