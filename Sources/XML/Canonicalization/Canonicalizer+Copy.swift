/// What one element is by itself, taken from the canonical form of one above it.
extension Canonicalizer {
    /// From here on, what is written goes to `output.copy` too, up to the end of the element that has just begun: its
    /// start tag in the form that it has as an apex, and then its content, which is the same as long as it needs no
    /// declaration that only the one has.
    mutating func beginCopy(of node: NodeRecord, _ tables: borrowing Tables, _ input: Span<UInt8>) {
        guard let copy = output.copy else { return }
        var alone = Canonicalizer(method, names: tables.names, into: copy)
        alone.open(node, outerScope: 0, isApex: true, tables, input)
        alone.output.flush()
        axis.watchDifferences(from: alone.axis)
        output.flush()
        output.isCopying = true
    }

    /// Ends the copy.
    mutating func endCopy() {
        output.flush()
        output.isCopying = false
    }
}

extension XMLDocument {
    /// Hands the canonical form of `node` to `body`, and returns that of `part`, an element directly below, when it could
    /// be taken on the way.
    ///
    /// What could be taken depends on the declarations that the form of `part` by itself has and the other has above it;
    /// only exclusive canonicalization keeps other inheritance apart.
    package func canonicalize(
        _ node: NodeID,
        by method: Canonicalization,
        copying part: NodeID,
        into body: (Span<UInt8>) -> Void
    ) -> [UInt8]? {
        guard method.algorithm == .exclusive10, placed == nil, parent(of: part) == node else {
            canonicalize(node, by: method, into: body)
            return nil
        }
        var octets = [UInt8](roomForCanonical: range(of: part).count)
        var isAlike = false
        withoutActuallyEscaping(body) { body in
            withoutActuallyEscaping({ chunk in octets.append(chunk) }) { copy in
                var canonicalizer = Canonicalizer(method, names: tape.tables.names, into: body)
                canonicalizer.output.copy = copy
                canonicalizer.write(node.index, of: tape, omitting: 0..<0, copying: UInt32(part.index))
                isAlike = !canonicalizer.axis.hasMetDifference
            }
        }
        return isAlike ? octets : nil
    }
}
