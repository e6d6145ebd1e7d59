import XML
import XMLEncryption
import XMLSignature

/// What a signature over ciphertext says about names in the plaintext.
///
/// Exclusive canonicalization leaves out bindings that the ciphertext does not visibly use. Plaintext that uses a prefix
/// bound outside of the signed part would then mean what anyone on the way wants it to mean. So the plaintexts are also
/// put into the octets that were digested; only when that gives the same content is the content the signer's.
extension Processing {
    /// Checks the parts that were signed before they were decrypted; `snapshot` is the message after that.
    ///
    /// An element whose encrypted data alone were signed counts as signed only when that holds for it.
    mutating func checkNamespaces(
        of parts: [EncryptedPart],
        _ plaintexts: [ArraySlice<UInt8>],
        in old: MessageSnapshot
    ) throws(SecurityFault) {
        var replacements: [PartPlace: [String: ArraySlice<UInt8>]] = [:]
        for (part, plaintext) in zip(parts, plaintexts) {
            let id = old.document.attribute("Id", of: part.data.node) ?? ""
            for place in old.places(round: part.data.node) where signed[place] != nil {
                replacements[place, default: [:]][id] = plaintext
            }
        }
        for (place, plaintexts) in replacements {
            guard let moved = Self.moved(place, by: parts, in: old) else { continue }
            guard let method = signed[place], let before = old.node(at: place), let after = snapshot.node(at: moved),
                let digested = digestedForm(of: before, by: method, in: old.document.unfilled, replacing: plaintexts),
                digested == snapshot.document.digest(of: after, by: .sha256, as: method)
            else {
                if parts.contains(where: { $0.data.node == old.node(at: place) }), case .element = place {
                    signed[place] = nil
                    for index in signatures.indices { signatures[index].places.removeAll { $0 == place } }
                    continue
                }
                let cause =
                    "decrypted content uses namespaces that the signature over its ciphertext does not cover:"
                    + " the sender must sign the plaintext, or name the prefixes in ec:InclusiveNamespaces"
                throw SecurityFault(.failedCheck, cause)
            }
        }
    }

    /// Takes what was noted of places along to where they are after decrypting.
    mutating func movePlaces(of parts: [EncryptedPart], in old: MessageSnapshot) {
        var moved: [PartPlace: Canonicalization] = [:]
        for (place, method) in signed {
            if let place = Self.moved(place, by: parts, in: old) { moved[place] = method }
        }
        signed = moved
        for index in signatures.indices {
            signatures[index].places = signatures[index].places.compactMap { Self.moved($0, by: parts, in: old) }
        }
    }

    /// Where the element at `place` is after decrypting: that of an element's data is the element's own; what else was in
    /// the data is gone.
    private static func moved(_ place: PartPlace, by parts: [EncryptedPart], in old: MessageSnapshot) -> PartPlace? {
        guard case .element = place, let node = old.node(at: place) else { return place }
        guard let part = parts.first(where: { old.document.isNode(node, within: $0.data.node) }) else { return place }
        return node == part.data.node && part.data.kind == .element ? part.place : nil
    }

    /// The digest of `node` in the form that was digested, with plaintexts in the places of their data, made canonical again.
    private func digestedForm(
        of node: NodeID,
        by method: Canonicalization,
        in document: XMLDocument,
        replacing plaintexts: [String: ArraySlice<UInt8>]
    ) -> [UInt8]? {
        let octets = document.canonicalOctets(of: node, by: method)
        guard let form = try? XMLDocument(scanning: octets, limits: policy.limits.xml) else { return nil }
        if form.isNamed(form.root, "EncryptedData", in: XMLEncryptionNamespace.encryption) {
            return form.digest(inPlaceOfRoot: plaintexts, by: method)
        }
        var edits: [XMLEdit] = []
        // The plaintext of an EncryptedHeader takes its place, but names of prefixes stand on it in the digested form.
        var isWrapped = false
        for (element, attribute) in form.attributes(named: [ExpandedName("Id")]) {
            guard let plaintext = plaintexts[attribute.value],
                form.isNamed(element, "EncryptedData", in: XMLEncryptionNamespace.encryption)
            else { continue }
            isWrapped =
                form.parent(of: element) == form.root
                && form.isNamed(form.root, "EncryptedHeader", in: WSSNamespace.extension11)
            edits.append(XMLEdit(range: form.range(of: element), replacement: plaintext))
        }
        guard edits.count == plaintexts.count,
            let result = try? XMLDocument(scanning: form.applying(edits), limits: policy.limits.xml),
            let node = isWrapped ? result.elements(in: result.root).first(where: { _ in true }) : result.root
        else { return nil }
        let filled = streamed.map { result.filled(with: $0.message.placed) } ?? result
        return filled.digest(of: node, by: .sha256, as: method)
    }
}

extension XMLDocument {
    /// The digest of the canonical form of the one plaintext, which takes the place of the document element: of names it has
    /// those that are bound there.
    fileprivate func digest(
        inPlaceOfRoot plaintexts: [String: ArraySlice<UInt8>],
        by method: Canonicalization
    ) -> [UInt8]? {
        guard plaintexts.count == 1, let id = attribute("Id", of: root), let plaintext = plaintexts[id],
            let (result, parent) = try? fragment(Array(plaintext), in: root),
            let node = result.elements(in: parent).first(where: { _ in true })
        else { return nil }
        return result.digest(of: node, by: .sha256, as: method)
    }
}
