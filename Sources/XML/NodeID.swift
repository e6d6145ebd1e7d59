/// A node of the document that gave it out: its place in the tape, which is document order.
package struct NodeID: Hashable, Sendable {
    let index: Int

    init(_ index: Int) { self.index = index }

    init(_ index: UInt32) { self.index = Int(index) }

    /// The document itself, above the document element.
    package static let document = NodeID(0)
}

extension NodeID: Comparable {
    /// Whether the left node comes first in document order.
    package static func < (left: NodeID, right: NodeID) -> Bool { left.index < right.index }
}
