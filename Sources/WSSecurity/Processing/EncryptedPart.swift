import XML
import XMLEncryption
import XMLSignature

/// Encrypted data at a place where it may be.
struct EncryptedPart {
    let data: EncryptedData
    /// What the plaintext replaces: the data, or the `wsse11:EncryptedHeader` round it.
    let replaced: NodeID
    /// What is encrypted as a whole: an element, or all content of one.
    let place: PartPlace?
}

extension Processing {
    /// Reads the data with those ids and checks place, cipher and named key of each, before any key is used.
    func encryptedParts(
        _ ids: [String],
        under source: ContentKeySource,
        in header: SecurityHeader
    ) throws(SecurityFault) -> [EncryptedPart] {
        var parts: [EncryptedPart] = []
        for id in ids {
            let data = try encryptedData(id)
            guard try isKey(source, namedBy: data, in: header) else {
                throw SecurityFault(.invalidSecurity, "encrypted data name another key than the one that names them")
            }
            parts.append(try part(data, in: header))
        }
        return parts
    }

    /// The data with that id.
    func encryptedData(_ id: String) throws(SecurityFault) -> EncryptedData {
        guard let node = snapshot.elements[id] else {
            throw SecurityFault(.failedCheck, "xenc:DataReference leads to no element, or to several")
        }
        return try EncryptedData.allowed(node, in: snapshot.document, policy: policy)
    }

    /// Whether `data` name that key, or none.
    private func isKey(
        _ source: ContentKeySource,
        namedBy data: EncryptedData,
        in header: SecurityHeader
    ) throws(SecurityFault) -> Bool {
        guard let keyInfo = data.keyInfo else { return true }
        switch (try reader(of: header).namedKey(in: keyInfo), source) {
        case (.encryptedKey(let node), .wrapped(let key)): return node == key.node
        case (.hinted(let hints), .wrapped(let key)):
            return key.carriedName.map { hints.all == [.keyName($0)] } ?? false
        case (.hinted(let hints), .shared(let named)): return hints.all == named.all
        default: return false
        }
    }

    /// Envelope, Header, Body and the Security header stay where they are: they are never encrypted themselves.
    private func part(_ data: EncryptedData, in header: SecurityHeader) throws(SecurityFault) -> EncryptedPart {
        let document = snapshot.document
        let layout = snapshot.layout
        guard let parent = document.parent(of: data.node), parent != document.root, parent != .document else {
            throw SecurityFault(.invalidSecurity, "Envelope, Header and Body must not be encrypted")
        }
        let isStructural = parent == layout.header || parent == header.node
        switch data.kind {
        case .content:
            guard !isStructural else {
                throw SecurityFault(.invalidSecurity, "the content of Header or wsse:Security must not be encrypted")
            }
            return EncryptedPart(data: data, replaced: data.node, place: snapshot.place(of: parent))
        case .element:
            let isWrapped =
                document.isNamed(parent, "EncryptedHeader", in: WSSNamespace.extension11)
                && document.parent(of: parent) == layout.header
            let replaced = isWrapped ? parent : data.node
            return EncryptedPart(data: data, replaced: replaced, place: snapshot.place(of: replaced))
        }
    }
}
