import Cryptography
import XML
import XMLSignature

/// The elements outside of the Security header that signatures cover, each with the id by which they refer to it.
struct SignedElements {
    /// Gives ids to the elements that have none.
    private(set) var edits: [XMLEdit] = []
    /// By the number of the signature, in the order of its settings.
    private var nodes: [[NodeID]] = []
    private var ids: [NodeID: String] = [:]
    private let replaced: [NodeID: String]

    /// Finds the elements in the message as it came.
    ///
    /// `replaced` are those that an element with that id took the place of when they were encrypted.
    init(
        of signatures: [SignaturePlan],
        in document: XMLDocument,
        _ layout: EnvelopeLayout,
        identifiers: MessageIdentifiers,
        replaced: [NodeID: String] = [:]
    ) throws(SecurityFault) {
        self.replaced = replaced
        for signature in signatures {
            let found = try layout.nodes(of: signature.settings.parts, in: document)
            nodes.append(found)
            for node in found where ids[node] == nil {
                try name(node, in: document, new: identifiers.part(ids.count))
            }
        }
    }

    private mutating func name(_ node: NodeID, in document: XMLDocument, new: String) throws(SecurityFault) {
        if let id = replaced[node] {
            ids[node] = id
        } else if let id = document.attribute("Id", in: WSSNamespace.utility, of: node) {
            guard SameDocumentReference.id(in: "#" + id) == id, id.utf8.allSatisfy(\.isPlainInAttribute) else {
                throw SecurityFault(.cannotProtect, "a part to sign has a wsu:Id that cannot be referred to")
            }
            ids[node] = id
        } else {
            ids[node] = new
            edits.append(document.insertingIdentifier(new, into: node))
        }
    }

    /// The elements that the signature with that number covers, in `draft`.
    func located(for number: Int, in draft: Draft) throws(SecurityFault) -> [(id: String, node: NodeID)] {
        let wanted = nodes[number].filter { draft.structuralNode(for: $0) == nil }
        let others = try draft.nodes(withIDs: Set(wanted.compactMap { ids[$0] }))
        var located: [(id: String, node: NodeID)] = []
        for node in nodes[number] {
            let id = ids[node] ?? ""
            guard let place = draft.structuralNode(for: node) ?? others[id] else {
                throw SecurityFault(.cannotProtect, "a part to sign is no longer there once the message is encrypted")
            }
            located.append((id, place))
        }
        return located
    }
}

extension UInt8 {
    /// Whether the octet stands for itself in an attribute value.
    fileprivate var isPlainInAttribute: Bool {
        self != UInt8(ascii: "\"") && self != UInt8(ascii: "&") && self != UInt8(ascii: "<")
    }
}
