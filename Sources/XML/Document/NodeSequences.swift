/// The nodes directly below one node.
package struct ChildNodes: Sequence, IteratorProtocol, Sendable {
    private let tape: Tape
    /// 0 for none: the document is nobody's child.
    private var place: Int
    private let isElementsOnly: Bool

    init(tape: Tape, place: Int, isElementsOnly: Bool) {
        self.tape = tape
        self.place = place
        self.isElementsOnly = isElementsOnly
    }

    /// The next node.
    package mutating func next() -> NodeID? {
        while place != 0 {
            let node = place
            place = Int(tape.tables.nodes[node].next)
            if !isElementsOnly || tape.tables.nodes[node].kind == .element { return NodeID(node) }
        }
        return nil
    }
}

/// All elements below one node.
package struct DescendantElements: Sequence, IteratorProtocol, Sendable {
    private let tape: Tape
    private var place: Int
    private let end: Int

    init(tape: Tape, place: Int, end: Int) {
        self.tape = tape
        self.place = place
        self.end = end
    }

    /// The next element.
    package mutating func next() -> NodeID? {
        while place < end {
            place += 1
            if tape.tables.nodes[place - 1].kind == .element { return NodeID(place - 1) }
        }
        return nil
    }
}
