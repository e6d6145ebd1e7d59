import XML

/// An element in the canonical form that a signature is made over.
struct CanonicalSubject {
    let document: XMLDocument
    let node: NodeID
    let method: Canonicalization
    /// The signature itself, where the enveloped-signature transform leaves it out.
    var omitted: NodeID?

    /// The canonical form.
    var octets: [UInt8] { document.canonicalOctets(of: node, by: method, omitting: omitted) }

    /// The canonical form by another method.
    func octets(by method: Canonicalization) -> [UInt8] {
        document.canonicalOctets(of: node, by: method, omitting: omitted)
    }

    /// The canonical form after edits of the message that leave its elements in their places; `nil` when the result is
    /// no document, or nothing is edited.
    func octets(after edits: [XMLEdit]) -> [UInt8]? {
        guard !edits.isEmpty, let edited = try? XMLDocument(scanning: document.applying(edits)),
            let place = edited.element(at: document.elementPlace(of: node))
        else { return nil }
        let gap = omitted.flatMap { edited.element(at: document.elementPlace(of: $0)) }
        return edited.canonicalOctets(of: place, by: method, omitting: gap)
    }

    /// The canonical form of the element when only these prefixes are bound outside of it; `nil` when it needs others.
    func octets(boundTo prefixes: [(prefix: String, namespace: String)]) -> [UInt8]? {
        guard omitted == nil else { return nil }
        let declarations = prefixes.map { prefix, namespace in
            " xmlns\(prefix.isEmpty ? "" : ":" + prefix)=\"\(XMLEscaping.attribute(namespace))\""
        }
        let source =
            Array("<a\(declarations.joined())>".utf8) + document.octets[document.range(of: node)] + Array("</a>".utf8)
        guard let alone = try? XMLDocument(scanning: source),
            let element = alone.elements(in: alone.root).first(where: { _ in true })
        else { return nil }
        return alone.canonicalOctets(of: element, by: method)
    }

    /// The text nodes within the element, in document order.
    var textNodes: [NodeID] {
        var found: [NodeID] = []
        var pending = [node]
        while let next = pending.popLast() {
            for child in document.children(of: next) {
                switch document.kind(of: child) {
                case .text: found.append(child)
                case .element: pending.append(child)
                default: continue
                }
            }
        }
        return found.sorted()
    }

    /// The elements within, with itself, in document order.
    var elements: [NodeID] { [node] + document.descendants(of: node) }
}

extension XMLDocument {
    /// The element's place: on each level below the document element, how many elements come before.
    func elementPlace(of node: NodeID) -> [Int] {
        var place: [Int] = []
        var current = node
        while current != root, let parent = parent(of: current), parent != .document {
            var count = 0
            for sibling in elements(in: parent) {
                if sibling == current { break }
                count += 1
            }
            place.append(count)
            current = parent
        }
        return place.reversed()
    }

    /// How many elements are round the element.
    func depth(of node: NodeID) -> Int {
        var depth = 0
        var current = node
        while current != root, let parent = parent(of: current), parent != .document {
            depth += 1
            current = parent
        }
        return depth
    }

    /// The element at that place.
    func element(at place: [Int]) -> NodeID? {
        var node = root
        for index in place {
            guard let child = elements(in: node).dropFirst(index).first(where: { _ in true }) else { return nil }
            node = child
        }
        return node
    }
}
