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
    func checkNamespaces(
        of parts: [EncryptedPart],
        _ plaintexts: [[UInt8]],
        in old: MessageSnapshot
    ) throws(SecurityFault) {
        var replacements: [PartPlace: [String: [UInt8]]] = [:]
        for (part, plaintext) in zip(parts, plaintexts) {
            guard let place = old.enclosingPlace(of: part.data.node), signed[place] != nil else { continue }
            let id = old.document.attribute("Id", of: part.data.node) ?? ""
            replacements[place, default: [:]][id] = plaintext
        }
        for (place, plaintexts) in replacements {
            guard let method = signed[place], let before = old.node(at: place), let after = snapshot.node(at: place),
                let digested = digestedForm(of: before, by: method, in: old.document.unfilled, replacing: plaintexts),
                digested == snapshot.document.digest(of: after, by: .sha256, as: method)
            else {
                let cause =
                    "decrypted content uses namespaces that the signature over its ciphertext does not cover:"
                    + " the sender must sign the plaintext, or name the prefixes in ec:InclusiveNamespaces"
                throw SecurityFault(.failedCheck, cause)
            }
        }
    }

    /// The digest of `node` in the form that was digested, with plaintexts in the places of their data, made canonical again.
    private func digestedForm(
        of node: NodeID,
        by method: Canonicalization,
        in document: XMLDocument,
        replacing plaintexts: [String: [UInt8]]
    ) -> [UInt8]? {
        let octets = document.canonicalOctets(of: node, by: method)
        guard let form = try? XMLDocument(scanning: octets, limits: policy.limits.xml) else { return nil }
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

extension MessageSnapshot {
    /// The element at `place`.
    fileprivate func node(at place: PartPlace) -> NodeID? {
        switch place {
        case .body: layout.body
        case .timestamp: header?.timestamp
        case .block(let index): layout.blocks.indices.contains(index) ? layout.blocks[index] : nil
        }
    }

    /// The place of the structural part that `node` is or lies in.
    fileprivate func enclosingPlace(of node: NodeID) -> PartPlace? {
        var next: NodeID? = node
        while let node = next {
            if let place = place(of: node) { return place }
            next = document.parent(of: node)
        }
        return nil
    }
}
