import XML
import XMLEncryption
import XMLSignature

/// Which data are decrypted with which key.
extension Processing {
    /// Decrypts what `key` names.
    ///
    /// Of several keys for the same data, one for each recipient, one is ours; the others are left alone.
    mutating func decrypt(listOf key: EncryptedKey, in header: SecurityHeader) throws(SecurityFault) {
        let ids = key.dataReferences
        if ids.allSatisfy(decryptedIDs.contains) {
            foreignIDs.formUnion(ids)
            return
        }
        let isShared = ids.allSatisfy { id in header.encryptedKeys.count { $0.dataReferences.contains(id) } > 1 }
        if isShared, try !isOurs(key, in: header) {
            foreignIDs.formUnion(ids)
            return
        }
        try decrypt(ids, with: .wrapped(key), in: header)
    }

    /// Decrypts the data of a list that stands alone, under the keys that the data name.
    mutating func decrypt(list ids: [String], in header: SecurityHeader) throws(SecurityFault) {
        var rest = ids
        while let id = rest.first {
            guard let header = snapshot.header else { return }
            let source = try source(of: encryptedData(id), in: header)
            var group: [String] = []
            for id in rest where try isSame(source, encryptedData(id), in: header) { group.append(id) }
            try decrypt(group, with: source, in: header)
            rest.removeAll(where: group.contains)
        }
    }

    /// Decrypts data that stand in the header without being named by a list; `false` when a list names them.
    mutating func decrypt(_ data: EncryptedData, in header: SecurityHeader) throws(SecurityFault) -> Bool {
        guard let id = snapshot.document.attribute("Id", of: data.node), !header.namesData(id) else { return false }
        try decrypt([id], with: source(of: data, in: header), in: header)
        return true
    }

    /// What was left to other recipients must have been opened with a key of ours.
    func checkForeignKeys() throws(SecurityFault) {
        guard foreignIDs.isDisjoint(with: boundIDs) else {
            throw SecurityFault(.invalidSecurity, "encrypted data name another key than one that names them")
        }
        guard foreignIDs.isSubset(of: decryptedIDs) else {
            let cause = "none of the message's wrapped keys is for a decryption key of ours"
            throw SecurityFault(.securityTokenUnavailable, cause)
        }
    }

    /// The key that `data` name.
    private func source(of data: EncryptedData, in header: SecurityHeader) throws(SecurityFault) -> ContentKeySource {
        guard let keyInfo = data.keyInfo else {
            throw SecurityFault(.securityTokenUnavailable, "encrypted data name no key")
        }
        switch try reader(of: header).namedKey(in: keyInfo) {
        case .encryptedKey(let node):
            if let key = header.encryptedKey(at: node) { return .wrapped(key) }
            return .wrapped(try EncryptedKey.allowed(node, in: snapshot.document, policy: policy))
        case .hinted(let hints):
            guard case .keyName(let name) = hints.primary, hints.others.isEmpty else { return .shared(hints) }
            var carrying: [EncryptedKey] = []
            for key in header.encryptedKeys where key.carriedName == name {
                if try isOurs(key, in: header) { carrying.append(key) }
            }
            guard carrying.count <= 1 else {
                throw SecurityFault(
                    .securityTokenUnavailable,
                    "several wrapped keys for us carry the name \(name.prefix(128))"
                )
            }
            return carrying.first.map { .wrapped($0) } ?? .shared(hints)
        case .assertion:
            throw SecurityFault(.unsupportedSecurityToken, "the key of an assertion cannot open encrypted data")
        }
    }

    private func isSame(
        _ source: ContentKeySource,
        _ data: EncryptedData,
        in header: SecurityHeader
    ) throws(SecurityFault) -> Bool {
        switch (source, try self.source(of: data, in: header)) {
        case (.wrapped(let one), .wrapped(let other)): one.node == other.node
        case (.shared(let one), .shared(let other)): one.all == other.all
        default: false
        }
    }
}

extension SecurityHeader {
    /// The wrapped keys, in order.
    var encryptedKeys: [EncryptedKey] {
        children.compactMap { if case .encryptedKey(let key) = $0 { key } else { nil } }
    }

    /// Whether a list of the header names data with that id.
    fileprivate func namesData(_ id: String) -> Bool {
        children.contains { child in
            switch child {
            case .encryptedKey(let key): key.dataReferences.contains(id)
            case .referenceList(let ids): ids.contains(id)
            default: false
            }
        }
    }
}
