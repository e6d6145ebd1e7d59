import Cryptography
import XML
import XMLEncryption
import XMLSignature

extension Processing {
    /// Decrypts the data with those ids, all at once; the message is then scanned anew.
    mutating func decrypt(
        _ ids: [String],
        with source: ContentKeySource,
        in header: SecurityHeader
    ) throws(SecurityFault) {
        try checkOrder()
        let parts = try encryptedParts(ids, under: source, in: header)
        let key = try contentKey(from: source, for: parts, in: header)
        var opened = try opened(parts, key)
        let (document, ranges) = try replaced(parts, by: &opened, hint: key.hint)
        let places = parts.compactMap(\.place)
        let old = snapshot
        bodyForm = nil
        snapshot = try MessageSnapshot(streamed?.adopt(document) ?? document, policy: policy, streaming: streamed)
        try streamed?.checkReferences(in: snapshot)
        try checkRevealed(by: parts, in: header)
        try checkNamespaces(of: parts, ranges.map { document.octets[$0] }, in: old)
        movePlaces(of: parts, in: old)
        encrypted.formUnion(places)
        decryptedIDs.formUnion(ids)
        if case .wrapped(let wrapped) = source, wrapped.carriedName == nil {
            for (id, part) in zip(ids, parts) where part.data.keyInfo != nil { boundIDs.insert(id) }
        }
        decryptions.append(
            DecryptionResult(opener: key.opener, hint: key.hint, places: places, method: parts.first?.data.method)
        )
    }

    private func checkOrder() throws(SecurityFault) {
        switch policy.order {
        case .signThenEncrypt where !signatures.isEmpty:
            throw SecurityFault(.invalidSecurity, "decrypting comes after a signature; the policy demands it before")
        case .encryptThenSign: try checkSigned(beforeDecrypting: true)
        default: return
        }
    }

    private func opened(_ parts: [EncryptedPart], _ key: ContentKey) throws(SecurityFault) -> [OpenedData] {
        let document = snapshot.document
        var opened: [OpenedData] = []
        for part in parts {
            do throws(XMLEncryptionError) {
                let data = try key.secret.withSecret { secret throws(XMLEncryptionError) in
                    if let standIn = try streamed?.plaintext(of: part.data, under: secret, in: document) {
                        return OpenedData(standIn)
                    }
                    return try part.data.opened(with: secret, in: document)
                }
                opened.append(data)
            } catch {
                throw SecurityFault(error.code, error.description, hint: key.hint)
            }
        }
        return opened
    }

    /// The message with the plaintexts, and where they are in it; large ones are overwritten elsewhere.
    private func replaced(
        _ parts: [EncryptedPart],
        by opened: inout [OpenedData],
        hint: KeyHint
    ) throws(SecurityFault) -> (document: XMLDocument, ranges: [Range<Int>]) {
        let spliced = try securityFault(hint: hint, fromEncryption: Self.spliced(parts, opened, in: snapshot.document))
        while let data = opened.popLast() { data.giveBack() }
        let ranges = spliced.ranges
        let limits = policy.limits.xml
        let result = try securityFault(
            hint: hint,
            fromEncryption: DecryptedDocument(scanning: spliced, limits: limits)
        )
        return (result.document, ranges)
    }

    private static func spliced(
        _ parts: [EncryptedPart],
        _ opened: [OpenedData],
        in document: XMLDocument
    ) throws(XMLEncryptionError) -> SplicedPlaintexts {
        let replacements = zip(parts, opened)
            .map { part, data in
                DecryptedDocument.Replacement(kind: part.data.kind, node: part.replaced, plaintext: data.plaintext)
            }
        return try SplicedPlaintexts(replacements, in: document)
    }

    /// No recursion: what comes out of the Security header's encrypted data must not itself need a key, or be one.
    private func checkRevealed(by parts: [EncryptedPart], in old: SecurityHeader) throws(SecurityFault) {
        let openedCount = parts.count { old.nodes.contains($0.replaced) }
        guard let header = snapshot.header, header.encryptedKeyCount == old.encryptedKeyCount,
            header.encryptedDataCount == old.encryptedDataCount - openedCount
        else { throw SecurityFault(.invalidSecurity, "decrypting revealed a wrapped key, or data encrypted once more") }
    }
}
