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
    package init(
        replacing replacements: [Replacement],
        in old: XMLDocument,
        limits: XMLLimits
    ) throws(XMLEncryptionError) {
        try self.init(scanning: SplicedPlaintexts(replacements, in: old), limits: limits)
    }

    /// Scans what was spliced.
    ///
    /// Each plaintext must fill exactly its place: an element must be one element and nothing else; content must end where
    /// its parent ends, and the parent must hold nothing besides. So no plaintext can close or swallow what is around it.
    package init(
        scanning spliced: consuming SplicedPlaintexts,
        limits: XMLLimits
    ) throws(XMLEncryptionError) {
        do {
            document = try XMLDocument(scanning: spliced.takeOctets(), limits: limits, reusing: true)
        } catch {
            // Names and characters of a plaintext are nothing for a log.
            throw .misplacedPlaintext("it is not well-formed, or passes a limit")
        }
        try checkPlaces(of: spliced)
    }

    private func checkPlaces(of spliced: SplicedPlaintexts) throws(XMLEncryptionError) {
        let old = spliced.old
        var end = 0
        for part in spliced.ordered {
            let place = old.range(of: part.node)
            guard place.lowerBound >= end else { throw .malformed("encrypted parts lie within one another") }
            end = place.upperBound
            let shift = part.range.lowerBound - place.lowerBound
            switch part.kind {
            case .element:
                let node = document.element(startingAt: part.range.lowerBound)
                guard node.map(document.range(of:)) == part.range else {
                    throw .misplacedPlaintext("it is not exactly one element")
                }
            case .content:
                guard let parent = old.parent(of: part.node) else { continue }
                let content = old.contentRange(of: parent)
                let node = document.element(startingAt: old.range(of: parent).lowerBound + shift)
                let growth = part.range.upperBound - place.upperBound
                let expected = content.lowerBound + shift..<content.upperBound + growth
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
