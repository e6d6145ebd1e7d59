import XML
import XMLSignature

/// The place of a part; it stays the same when parts are decrypted.
enum PartPlace: Hashable {
    case body
    /// A header block, by its place among them.
    case block(Int)
    /// A child of our Security header, by its place among them.
    case child(Int)
    /// Any other element: its place and those of its ancestors among the child elements of each, from the Envelope down.
    ///
    /// An element that is decrypted takes the place of its data; content that is decrypted changes places only below
    /// its parent, where nothing but the data was.
    case element([Int])
}

extension MessageSnapshot {
    /// The place of `node`; `nil` for Envelope and Header, which are no parts.
    func place(of node: NodeID) -> PartPlace? {
        if node == layout.body { return .body }
        guard let parent = document.parent(of: node), parent != .document, node != layout.header else { return nil }
        if parent == layout.header { return layout.blocks.firstIndex(of: node).map { .block($0) } }
        if let header, parent == header.node { return header.place(of: node) }
        return .element(address(of: node))
    }

    /// The element at `place`.
    func node(at place: PartPlace) -> NodeID? {
        switch place {
        case .body: return layout.body
        case .block(let index): return layout.blocks.indices.contains(index) ? layout.blocks[index] : nil
        case .child(let index): return header.flatMap { $0.nodes.indices.contains(index) ? $0.nodes[index] : nil }
        case .element(let address):
            var node: NodeID? = document.root
            for position in address {
                guard let parent = node else { return nil }
                node = document.elements(in: parent).dropFirst(position).first { _ in true }
            }
            return node
        }
    }

    /// The places of `node` and of all elements round it, from the innermost on.
    func places(round node: NodeID) -> [PartPlace] {
        var places: [PartPlace] = []
        var next: NodeID? = node
        while let node = next, node != .document {
            if let place = place(of: node) { places.append(place) }
            next = document.parent(of: node)
        }
        return places
    }

    /// Whether `isWanted` holds for the place of `node` or of an element round it.
    func hasPlace(round node: NodeID, where isWanted: (PartPlace) -> Bool) -> Bool {
        var next: NodeID? = node
        while let node = next, node != .document {
            if let place = place(of: node), isWanted(place) { return true }
            next = document.parent(of: node)
        }
        return false
    }

    private func address(of node: NodeID) -> [Int] {
        var address: [Int] = []
        var node = node
        while node != document.root, let parent = document.parent(of: node) {
            var position = 0
            for sibling in document.elements(in: parent) {
                if sibling == node { break }
                position += 1
            }
            address.append(position)
            node = parent
        }
        return address.reversed()
    }
}
