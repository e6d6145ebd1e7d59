import XML
import XMLSignature

/// Parts by their names.
extension MessageSnapshot {
    /// The elements that are `part`; `.signature` and `.signatureToken` depend on what was verified and have none here.
    func nodes(of part: MessagePart) -> [NodeID] {
        switch part {
        case .body: return [layout.body]
        case .timestamp: return header?.timestamp.map { [$0] } ?? []
        case .header(let namespace, let localName):
            return layout.blocks.filter { document.isNamed($0, localName, in: namespace) }
        case .usernameToken: return children { if case .usernameToken = $0 { true } else { false } }
        case .samlAssertion: return children { if case .assertion = $0 { true } else { false } }
        case .signatureConfirmation: return children { if case .signatureConfirmation = $0 { true } else { false } }
        case .element(let path): return layout.elements(at: path, in: document)
        case .signature, .signatureToken: return []
        }
    }

    /// What the element at `place` is called; `nil` for one that has no name of its own.
    func part(at place: PartPlace) -> MessagePart? {
        switch place {
        case .body: return .body
        case .block(let index):
            guard layout.blocks.indices.contains(index) else { return nil }
            let name = document.name(of: layout.blocks[index])
            return .header(namespace: name.namespace, localName: name.localName)
        case .child(let index):
            guard let header, header.children.indices.contains(index) else { return nil }
            switch header.children[index] {
            case .timestamp: return .timestamp
            case .usernameToken: return .usernameToken
            case .assertion: return .samlAssertion
            case .signatureConfirmation: return .signatureConfirmation
            default: return nil
            }
        case .element: return node(at: place).flatMap(path(of:)).map { .element($0) }
        }
    }

    private func children(where isWanted: (SecurityHeader.Child) -> Bool) -> [NodeID] {
        guard let header else { return [] }
        return zip(header.nodes, header.children).filter { isWanted($0.1) }.map(\.0)
    }

    private func path(of node: NodeID) -> ElementPath? {
        var steps: [ElementPath.Step] = []
        var node = node
        while node != layout.body, node != layout.header {
            guard let parent = document.parent(of: node), parent != .document else { return nil }
            let name = document.name(of: node)
            steps.append(ElementPath.Step(namespace: name.namespace, localName: name.localName))
            node = parent
        }
        return ElementPath(from: node == layout.body ? .body : .header, steps: steps.reversed())
    }
}
