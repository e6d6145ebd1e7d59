import XML
import XMLEncryption
import XMLSignature

/// Encrypted data at a place where it may be.
struct EncryptedPart {
    let data: EncryptedData
    /// What the plaintext replaces: the data, or the `wsse11:EncryptedHeader` round it.
    let replaced: NodeID
    /// The structural part that is encrypted as a whole, if it is one.
    let place: PartPlace?
}

extension Processing {
    /// Reads the data with those ids and checks place, cipher and named key of each, before any key is used.
    func encryptedParts(
        _ ids: [String],
        under key: EncryptedKey,
        in header: SecurityHeader
    ) throws(SecurityFault) -> [EncryptedPart] {
        var parts: [EncryptedPart] = []
        for id in ids {
            guard let node = snapshot.elements[id] else {
                throw SecurityFault(.failedCheck, "xenc:DataReference leads to no element, or to several")
            }
            let data = try EncryptedData.allowed(node, in: snapshot.document, policy: policy)
            if let named = try wrappedKeyID(of: data, in: header), named != key.id {
                throw SecurityFault(.invalidSecurity, "encrypted data name another key than the one that names them")
            }
            parts.append(try part(data, in: header))
        }
        return parts
    }

    /// The id of the wrapped key that `data` names; `nil` when it names none.
    func wrappedKeyID(of data: EncryptedData, in header: SecurityHeader) throws(SecurityFault) -> String? {
        guard let keyInfo = data.keyInfo else { return nil }
        guard case .encryptedKey(let id) = try reference(in: keyInfo, header) else {
            throw SecurityFault(.unsupportedSecurityToken, "encrypted data must name a wrapped key of this header")
        }
        return id
    }

    func reference(in keyInfo: KeyInfo, _ header: SecurityHeader) throws(SecurityFault) -> SecurityTokenReference {
        try SecurityTokenReference(
            in: keyInfo,
            of: snapshot.document,
            elements: snapshot.elements,
            header: header.node,
            keys: keys
        )
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
            let isBlock = isWrapped || parent == layout.header
            return EncryptedPart(data: data, replaced: replaced, place: isBlock ? snapshot.place(of: replaced) : nil)
        }
    }
}
