import Cryptography
import XML
import XMLEncryption
import XMLSignature

extension Processing {
    /// Decrypts the data of a list that stands alone: all under one wrapped key, which the data name.
    mutating func decrypt(_ ids: [String], in header: SecurityHeader) throws(SecurityFault) {
        guard let first = ids.first, let node = snapshot.elements[first] else {
            throw SecurityFault(.failedCheck, "xenc:ReferenceList leads to no element, or to several")
        }
        let data = try EncryptedData.allowed(node, in: snapshot.document, policy: policy)
        guard let id = try wrappedKeyID(of: data, in: header), let key = header.encryptedKey(id: id) else {
            throw SecurityFault(.securityTokenUnavailable, "encrypted data name no wrapped key of this header")
        }
        try decrypt(ids, with: key, in: header)
    }

    /// Unwraps `key` and decrypts the data with those ids, all at once; the message is then scanned anew.
    mutating func decrypt(
        _ ids: [String],
        with key: EncryptedKey,
        in header: SecurityHeader
    ) throws(SecurityFault) {
        try checkOrder()
        let parts = try encryptedParts(ids, under: key, in: header)
        let hint = try decryptionHint(of: key, in: header)
        self.hint = hint
        let recipient = try decryptionKey(for: hint)
        guard decryptions.count < policy.limits.privateKeyOperationCount else {
            let limit = policy.limits.privateKeyOperationCount
            throw SecurityFault(.invalidSecurity, "more than \(limit) wrapped keys to open", hint: hint)
        }
        hasDecrypted = true
        let plaintexts = try plaintexts(of: parts, under: key, opening: recipient.key, hint: hint)
        let document = try replaced(parts, by: plaintexts, hint: hint)
        let places = parts.compactMap(\.place)
        let old = snapshot
        snapshot = try MessageSnapshot(streamed?.adopt(document) ?? document, policy: policy)
        try streamed?.check(snapshot)
        try checkRevealed(by: header)
        try checkNamespaces(of: parts, plaintexts, in: old)
        encrypted.formUnion(places)
        if header.timestamp == nil, snapshot.header?.timestamp != nil { encrypted.insert(.timestamp) }
        decryptions.append(
            DecryptionResult(
                certificate: recipient.certificate,
                hint: hint,
                places: places,
                method: parts.first?.data.method
            )
        )
    }

    private func checkOrder() throws(SecurityFault) {
        switch policy.order {
        case .signThenEncrypt where !signatures.isEmpty:
            throw SecurityFault(.invalidSecurity, "decrypting comes after a signature; the policy demands it before")
        case .encryptThenSign: try checkSigned()
        default: return
        }
    }

    private func plaintexts(
        of parts: [EncryptedPart],
        under key: EncryptedKey,
        opening privateKey: PrivateKey,
        hint: KeyHint
    ) throws(SecurityFault) -> [[UInt8]] {
        let document = snapshot.document
        let contentKey = try securityFault(
            hint: hint,
            fromEncryption: key.unwrapped(
                by: privateKey,
                in: document,
                expecting: parts.first?.data.method.cipher.keyOctetCount
            )
        )
        var plaintexts: [[UInt8]] = []
        for part in parts {
            do throws(XMLEncryptionError) {
                if let standIn = try streamed?.plaintext(of: part.data, under: contentKey, in: document) {
                    plaintexts.append(standIn)
                } else {
                    plaintexts.append(try part.data.decrypted(with: contentKey, in: document))
                }
            } catch {
                throw SecurityFault(error.code, error.description, hint: hint)
            }
        }
        return plaintexts
    }

    private func replaced(
        _ parts: [EncryptedPart],
        by plaintexts: [[UInt8]],
        hint: KeyHint
    ) throws(SecurityFault) -> XMLDocument {
        let replacements = zip(parts, plaintexts)
            .map { part, plaintext in
                DecryptedDocument.Replacement(kind: part.data.kind, node: part.replaced, plaintext: plaintext)
            }
        let limits = policy.limits.xml
        return try securityFault(
            hint: hint,
            fromEncryption: DecryptedDocument(replacing: replacements, in: snapshot.document, limits: limits)
        )
        .document
    }

    /// No recursion: what comes out of the Security header's encrypted data must not itself need a key.
    private func checkRevealed(by old: SecurityHeader) throws(SecurityFault) {
        guard let header = snapshot.header, header.position == old.position,
            header.children.count == old.children.count,
            header.encryptedKeyCount == old.encryptedKeyCount,
            header.encryptedDataCount <= old.encryptedDataCount
        else { throw SecurityFault(.invalidSecurity, "decrypting revealed another Security header or wrapped key") }
    }

    private func decryptionHint(of key: EncryptedKey, in header: SecurityHeader) throws(SecurityFault) -> KeyHint {
        let reference = try reference(in: key.keyInfo, header)
        guard case .key(let hint) = reference else {
            throw SecurityFault(.unsupportedSecurityToken, "a wrapped key must not be wrapped by another one")
        }
        return hint
    }

    private func decryptionKey(for hint: KeyHint) throws(SecurityFault) -> DecryptionKey {
        let candidates = keys.decryptionKeys(for: hint)
        guard let key = candidates.first else {
            let cause = "no decryption key of ours is the one that the message was encrypted for"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        guard candidates.count == 1 else {
            let cause = "\(candidates.count) decryption keys fit the message's key reference: remove all but one"
            throw SecurityFault(.securityTokenUnavailable, cause, hint: hint)
        }
        return key
    }
}
