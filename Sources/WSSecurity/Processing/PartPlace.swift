import XML

/// The place of a structural part; it stays the same when parts are decrypted.
enum PartPlace: Hashable {
    case body
    case timestamp
    /// A header block, by its place among them.
    case block(Int)
}

extension MessageSnapshot {
    /// The place of `node`, if it is a structural part.
    func place(of node: NodeID) -> PartPlace? {
        if node == layout.body { return .body }
        if let header, node == header.timestamp { return .timestamp }
        return layout.blocks.firstIndex(of: node).map { .block($0) }
    }

    /// The part at `place`.
    func part(at place: PartPlace) -> MessagePart {
        switch place {
        case .body: return .body
        case .timestamp: return .timestamp
        case .block(let index):
            let name = document.name(of: layout.blocks[index])
            return .header(namespace: name.namespace, localName: name.localName)
        }
    }

    /// Where `part` stands: every block of its name for a header; nothing when it is absent or cannot be located.
    func places(of part: MessagePart) -> [PartPlace] {
        switch part {
        case .body: return [.body]
        case .timestamp: return header?.timestamp == nil ? [] : [.timestamp]
        case .header(let namespace, let localName):
            return layout.blocks.indices.filter { document.isNamed(layout.blocks[$0], localName, in: namespace) }
                .map { .block($0) }
        case .signature, .signatureToken, .usernameToken, .samlAssertion, .signatureConfirmation, .element: return []
        }
    }
}
