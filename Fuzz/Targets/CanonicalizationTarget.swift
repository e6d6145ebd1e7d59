import XML

extension FuzzTarget {
    static let canonicalization = FuzzTarget(
        "c14n",
        "canonicalizes a document and one of its elements by each method; the canonical form is a fixed point"
    ) { (input) throws(BrokenPromise) in
        guard let document = try? XMLDocument(scanning: input, limits: .fuzzing) else { return }
        let elements = [document.root] + document.descendants(of: document.root)
        let chosen = elements[input.reduce(0) { ($0 &* 31 &+ Int($1)) & 0xFFFF } % elements.count]
        for method in methods(at: chosen, in: document) {
            for apex in [NodeID.document, chosen] {
                try checkFixedPoint(document.canonicalOctets(of: apex, by: method), by: method)
            }
        }
    }

    private static func methods(at node: NodeID, in document: XMLDocument) -> [Canonicalization] {
        let prefixes = document.boundPrefixes(at: node).map { $0.isEmpty ? "#default" : $0 }
        let algorithms: [Canonicalization.Algorithm] = [.inclusive10, .inclusive11, .exclusive10]
        let plain = algorithms.flatMap { algorithm in
            [false, true].map { Canonicalization(algorithm, withComments: $0) }
        }
        return plain + [Canonicalization(.exclusive10, inclusivePrefixes: prefixes)]
    }

    /// What a canonicalizer wrote is a document, and its canonical form by the same method is itself.
    private static func checkFixedPoint(_ octets: [UInt8], by method: Canonicalization) throws(BrokenPromise) {
        var limits = XMLLimits.standard
        limits.attributesPerElement = 4096
        limits.namespaceBindings = 65_536
        do throws(XMLError) {
            let document = try XMLDocument(scanning: octets, limits: limits)
            let again = document.canonicalOctets(of: .document, by: method)
            guard again != octets else { return }
        } catch {
            throw BrokenPromise("the canonical form by \(method.uri) is no document: \(error)")
        }
        throw BrokenPromise("canonicalizing the canonical form by \(method.uri) changes it")
    }
}
