extension XMLDocument {
    /// What the node is.
    package func kind(of node: NodeID) -> NodeKind { tape.tables.nodes[node.index].kind }

    /// The node above; nil for the document.
    package func parent(of node: NodeID) -> NodeID? {
        node == .document ? nil : NodeID(tape.tables.nodes[node.index].parent)
    }

    /// The first node directly below; nil when there is none.
    package func firstChild(of node: NodeID) -> NodeID? {
        let next = node.index + 1
        guard next < tape.tables.nodes.count, Int(tape.tables.nodes[next].parent) == node.index else { return nil }
        return NodeID(next)
    }

    /// The next node under the same parent; nil when there is none.
    package func nextSibling(of node: NodeID) -> NodeID? {
        let next = tape.tables.nodes[node.index].next
        return next == 0 ? nil : NodeID(next)
    }

    /// The nodes directly below, of all kinds, in document order.
    package func children(of node: NodeID) -> ChildNodes {
        ChildNodes(tape: tape, place: firstChild(of: node)?.index ?? 0, isElementsOnly: false)
    }

    /// The elements directly below, in document order.
    package func elements(in node: NodeID) -> ChildNodes {
        ChildNodes(tape: tape, place: firstChild(of: node)?.index ?? 0, isElementsOnly: true)
    }

    /// All elements below the node, without itself, in document order.
    package func descendants(of node: NodeID) -> DescendantElements {
        DescendantElements(tape: tape, place: node.index + 1, end: tape.subtreeEnd(of: node.index))
    }

    /// Whether `node` lies below `ancestor`, or is it.
    package func isNode(_ node: NodeID, within ancestor: NodeID) -> Bool {
        node.index >= ancestor.index && node.index < tape.subtreeEnd(of: ancestor.index)
    }

    /// The element directly below, when there is exactly one.
    package func onlyElement(in node: NodeID) -> NodeID? {
        var elements = elements(in: node)
        guard let element = elements.next(), elements.next() == nil else { return nil }
        return element
    }

    /// The first element of this name directly below `parent`.
    package func firstElement(_ localName: String, in namespace: String, of parent: NodeID) -> NodeID? {
        elements(in: parent).first { isNamed($0, localName, in: namespace) }
    }
}
