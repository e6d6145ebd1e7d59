import XML

extension FuzzTarget {
    static let scanner = FuzzTarget("scanner", "scans a document and reads every node of its tape") {
        (input) throws(BrokenPromise) in
        do throws(XMLError) {
            _ = try XMLDocument(scanning: input)
        } catch {
            _ = error.description
        }
        guard let document = try? XMLDocument(scanning: input, limits: .fuzzing) else { return }
        var pending: [NodeID] = [.document]
        while let node = pending.popLast() {
            try check(node, in: document)
            pending += document.children(of: node)
        }
        _ = document.text(of: document.root)
        _ = document.lineAndColumn(at: document.octets.count)
    }

    /// The node can be read, and its children lie within it one after the other.
    private static func check(_ node: NodeID, in document: XMLDocument) throws(BrokenPromise) {
        let range = document.range(of: node)
        let content = document.contentRange(of: node)
        try promise(range.upperBound <= document.octets.count, "a node ends after the document")
        try promise(range.lowerBound <= content.lowerBound && content.upperBound <= range.upperBound, "content outside")
        var position = content.lowerBound
        for child in document.children(of: node) {
            let place = document.range(of: child)
            try promise(document.parent(of: child) == node, "a child of another parent")
            try promise(place.lowerBound >= position && place.upperBound <= content.upperBound, "a child outside")
            position = place.upperBound
        }
        for attribute in document.attributes(of: node) {
            try promise(
                range.lowerBound < attribute.range.lowerBound && attribute.range.upperBound <= content.lowerBound,
                "an attribute outside of its tag"
            )
        }
        for prefix in document.boundPrefixes(at: node) {
            try promise(document.namespace(forPrefix: prefix, at: node) != nil, "a bound prefix that is not bound")
        }
    }
}

extension XMLLimits {
    /// Small enough that short inputs meet them.
    static var fuzzing: XMLLimits {
        var limits = XMLLimits.standard
        limits.depth = 32
        limits.nodeCount = 4096
        limits.attributesPerElement = 32
        limits.namespaceBindings = 32
        limits.nameOctetCount = 128
        limits.attributeValueOctetCount = 1024
        limits.distinctNames = 256
        return limits
    }
}
