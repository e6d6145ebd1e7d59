import XML

extension EnvelopeLayout {
    /// Every element at `path`, in document order; none when there is no such element.
    func elements(at path: ElementPath, in document: XMLDocument) -> [NodeID] {
        var nodes =
            switch path.origin {
            case .header: header.map { [$0] } ?? []
            case .body: [body]
            }
        for step in path.steps {
            nodes = nodes.flatMap { node in
                document.elements(in: node).filter { document.isNamed($0, step.localName, in: step.namespace) }
            }
        }
        return nodes
    }
}
