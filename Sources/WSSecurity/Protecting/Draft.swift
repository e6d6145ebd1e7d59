import XML

/// A message with its Security header in place, scanned for signing.
struct Draft {
    let document: XMLDocument
    let layout: EnvelopeLayout
    /// Our Security header: the first header block, or the one that was extended.
    let header: NodeID
    /// Where wrapped keys go when signing came first: before all that they encrypt.
    let keyPlace: Int
    /// Where signatures go: behind what they cover and use.
    let signaturePlace: Int
    /// The content of Body, where `document` lacks it.
    let outlyingBody: OutlyingContent?
    private let original: EnvelopeLayout
    private let shift: Int
    private let elements: [(id: String, node: NodeID)]

    /// The draft in `octets`, made of an envelope with the layout `original` and `contents` in the Security header.
    ///
    /// `place` is that of the header that was extended among the blocks, or `nil` when a new one was put first.
    init(
        _ octets: [UInt8],
        after original: EnvelopeLayout,
        extending place: Int?,
        contents: HeaderContents,
        outlyingBody: OutlyingContent? = nil,
        streaming body: StreamedProtection? = nil
    ) throws(SecurityFault) {
        self.outlyingBody = outlyingBody
        let scanned = try XMLDocument(message: octets, limits: .standard)
        document = body.map { scanned.filled(with: $0.placed) } ?? scanned
        layout = try EnvelopeLayout(of: document)
        shift = place == nil ? 1 : 0
        guard layout.blocks.count == original.blocks.count + shift else {
            throw SecurityFault(.cannotProtect, "the Security header could not be placed")
        }
        self.original = original
        header = layout.blocks[place ?? 0]
        let children = Array(document.elements(in: header))
        let leading = zip(contents.leading.map(\.id), children)
        let last = zip(contents.last.map(\.id), children.suffix(contents.last.count))
        elements = leading.map { ($0, $1) } + last.map { ($0, $1) }
        let end = document.contentRange(of: header).upperBound
        let start = { [document] (index: Int) in
            children.indices.contains(index) ? document.range(of: children[index]).lowerBound : end
        }
        keyPlace = start(contents.front.count)
        signaturePlace = start(contents.front.count + contents.middle.count)
    }

    /// The element of ours in the Security header with that id.
    func element(id: String) -> NodeID? { elements.first { $0.id == id }?.node }

    /// Where `node` of the original is now, if it is Body or a header block.
    func structuralNode(for node: NodeID) -> NodeID? {
        if node == original.body { return layout.body }
        return original.blocks.firstIndex(of: node).map { layout.blocks[$0 + shift] }
    }

    /// The elements with those ids, `wsu:Id` or plain `Id`, each of which must be carried by one element.
    func nodes(withIDs ids: Set<String>) throws(SecurityFault) -> [String: NodeID] {
        guard !ids.isEmpty else { return [:] }
        var nodes: [String: NodeID] = [:]
        let names = [ExpandedName("Id", in: WSSNamespace.utility), ExpandedName("Id")]
        for (element, attribute) in document.attributes(named: names) where ids.contains(attribute.value) {
            guard nodes.updateValue(element, forKey: attribute.value) == nil else {
                throw SecurityFault(.cannotProtect, "a part to sign has an id that another element has too")
            }
        }
        return nodes
    }
}
