import XML
import XMLSignature

/// What the signatures leave out, and what looks like a part of the message but stands elsewhere.
struct CoverageFindings {
    let inspector: MessageInspector

    private var document: XMLDocument { inspector.document }
    private var layout: EnvelopeLayout { inspector.layout }

    /// The most misplaced elements that are told.
    private static let limit = 8

    var list: [DiagnosisFinding] {
        let references = inspector.securityHeaders.flatMap(referencedElements)
        guard !references.isEmpty else { return [] }
        let signed = Set(references)
        return signed.filter(isMisplaced).sorted().prefix(Self.limit).map(misplaced) + uncovered(by: signed)
    }

    /// What the references of the header's signatures lead to.
    private func referencedElements(in header: NodeID) -> [NodeID] {
        let namespace = XMLSignatureNamespace.signature
        return document.elements(in: header).filter { document.isNamed($0, "Signature", in: namespace) }
            .compactMap { document.firstElement("SignedInfo", in: namespace, of: $0) }
            .flatMap { Array(document.elements(in: $0)) }
            .filter { document.isNamed($0, "Reference", in: namespace) }
            .compactMap { inspector.identifiers.element(of: document.attribute("URI", of: $0) ?? "") }
    }

    /// Whether the element has the name of a structural part, but not its place.
    private func isMisplaced(_ node: NodeID) -> Bool {
        let parent = document.parent(of: node)
        if document.isNamed(node, "Body", in: layout.version.namespace) { return node != layout.body }
        if document.isNamed(node, "Timestamp", in: WSSNamespace.utility) {
            return !inspector.securityHeaders.contains { $0 == parent }
        }
        let name = document.name(of: node)
        return !layout.blocks.contains(node)
            && !inspector.securityHeaders.contains { document.isNode(node, within: $0) }
            && layout.blocks.contains { document.name(of: $0) == name }
    }

    private func misplaced(_ node: NodeID) -> DiagnosisFinding {
        let name = document.standardName(of: node)
        let parent = document.parent(of: node).map(document.standardName) ?? "nothing"
        let line = document.lineAndColumn(at: document.range(of: node).lowerBound).line
        return DiagnosisFinding(
            .invalidSecurity,
            "the \(name) that is signed is not the message's own: it stands in \(parent) on line \(line)",
            remedy: "treat it as an attack (signature wrapping): the part at its place in the envelope is not signed"
        )
    }

    private func uncovered(by signed: Set<NodeID>) -> [DiagnosisFinding] {
        let timestamps = inspector.securityHeaders.flatMap { header in
            document.elements(in: header).filter { document.isNamed($0, "Timestamp", in: WSSNamespace.utility) }
        }
        let parts = [layout.body] + timestamps + layout.blocks.filter { !inspector.securityHeaders.contains($0) }
        let names = parts.filter { !signed.contains($0) }.map(inspector.place)
        return names.isEmpty
            ? [] : [DiagnosisFinding(nil, "not covered by any signature: \(names.prefix(16).joined(separator: ", "))")]
    }
}
