import XML
import XMLSignature

/// The elements of a message by id, read leniently: for people, who want to see that an id repeats.
struct IdentifierTable {
    private var nodes: [String: [NodeID]] = [:]

    init(of document: XMLDocument) {
        let names = MessageSnapshot.identifiers + ["Id", "ID", "AssertionID"].map { ExpandedName($0) }
        for (element, attribute) in document.attributes(named: names)
        where nodes[attribute.value]?.last != element {
            nodes[attribute.value, default: []].append(element)
        }
    }

    /// The elements with that id.
    func elements(_ id: String) -> [NodeID] { nodes[id] ?? [] }

    /// The one element that `uri` leads to; `nil` when it is none or several, or the URI is not `#id`.
    func element(of uri: String) -> NodeID? {
        guard let id = SameDocumentReference.id(in: uri), let found = nodes[id], found.count == 1 else { return nil }
        return found.first
    }
}
