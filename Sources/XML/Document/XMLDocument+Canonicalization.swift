extension XMLDocument {
    /// Hands the canonical form of a node with all below it to `body`, in chunks of any size, as it arises.
    ///
    /// An element brings the namespace context of its ancestors; the document brings the comments and processing
    /// instructions beside the document element. With `omitting`, that node and all below it are left out, as the
    /// enveloped-signature transform wants (XML Signature 1.1 section 6.6.4).
    package func canonicalize(
        _ node: NodeID,
        by method: Canonicalization,
        omitting omitted: NodeID? = nil,
        into body: (Span<UInt8>) -> Void
    ) {
        if let placed, range(of: node).contains(placed.range.lowerBound) || node == .document {
            return withoutActuallyEscaping(body) { escaping in
                canonicalizeStreaming(node, by: method, omitting: omitted, placed, into: escaping)
            }
        }
        let gap = omitted.map { $0.index..<tape.subtreeEnd(of: $0.index) } ?? 0..<0
        withoutActuallyEscaping(body) { escaping in
            var canonicalizer = Canonicalizer(method, names: tape.tables.names, into: escaping)
            canonicalizer.write(node.index, of: tape, omitting: gap)
        }
    }

    /// The canonical form of a node with all below it.
    package func canonicalOctets(
        of node: NodeID,
        by method: Canonicalization,
        omitting omitted: NodeID? = nil
    ) -> [UInt8] {
        var octets = [UInt8](roomForCanonical: range(of: node).count)
        canonicalize(node, by: method, omitting: omitted) { octets.append($0) }
        return octets
    }
}

extension [UInt8] {
    /// An empty array with room for the canonical form of `count` octets.
    ///
    /// References and empty-element tags grow; room that is not written to costs nothing.
    init(roomForCanonical count: Int) { self.init(roomFor: count + count / 4 + 256) }

    mutating func append(_ chunk: Span<UInt8>) { chunk.withUnsafeBufferPointer { append(contentsOf: $0) } }
}
