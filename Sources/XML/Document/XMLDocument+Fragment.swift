extension XMLDocument {
    /// A document in which `content` stands as it would stand in `node`: in the same namespace scope, below ancestors with
    /// the same `xml:` attributes.
    ///
    /// `parent` is the element that holds the content; it and those above it stand in for `node` and its ancestors, so that
    /// canonicalizing what is in them gives what it would give in this document. Throws when `content` is not well-formed.
    package func fragment(
        _ content: [UInt8],
        in node: NodeID
    ) throws(XMLError) -> (document: XMLDocument, parent: NodeID) {
        let attributes = ancestors(of: node).map(xmlAttributes)
        let start = attributes.enumerated()
            .map { level, text in "<s" + (level == attributes.count - 1 ? declarations(at: node) : "") + text + ">" }
        let end = String(repeating: "</s>", count: attributes.count)
        let document = try XMLDocument(scanning: Array(start.joined().utf8) + content + Array(end.utf8))
        var parent = document.root
        for _ in attributes.dropFirst() { parent = document.firstChild(of: parent) ?? parent }
        return (document, parent)
    }

    /// The elements from the document element down to `node`.
    private func ancestors(of node: NodeID) -> [NodeID] {
        var chain: [NodeID] = []
        var next: NodeID? = node
        while let element = next, kind(of: element) == .element {
            chain.append(element)
            next = parent(of: element)
        }
        return chain.reversed()
    }

    private func xmlAttributes(of node: NodeID) -> String {
        attributes(of: node).filter { $0.prefix == "xml" }
            .map { " xml:\($0.name.localName)=\"\(XMLEscaping.attribute($0.value))\"" }
            .joined()
    }

    private func declarations(at node: NodeID) -> String {
        boundPrefixes(at: node)
            .map { prefix in
                let namespace = XMLEscaping.attribute(namespace(forPrefix: prefix, at: node) ?? "")
                return prefix.isEmpty ? " xmlns=\"\(namespace)\"" : " xmlns:\(prefix)=\"\(namespace)\""
            }
            .joined()
    }
}
