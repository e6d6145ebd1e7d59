import XML
import XMLSignature

/// What is handed on: the verified octets and nothing else.
extension Processing {
    func message() -> ProcessedMessage {
        ProcessedMessage(
            version: snapshot.layout.version,
            envelope: envelope(),
            body: body(),
            signatures: signatures.map { result in
                VerifiedSignature(
                    signer: result.signer,
                    hint: result.hint,
                    parts: parts(of: result),
                    algorithm: result.method.uri,
                    value: result.value
                )
            },
            decryptions: decryptions.map { result in
                Decryption(
                    opener: result.opener,
                    hint: result.hint,
                    parts: result.places.compactMap { snapshot.part(at: $0) },
                    algorithm: result.method?.uri ?? ""
                )
            },
            timestamp: timestamp,
            usernameToken: usernameToken,
            assertions: carriedAssertions()
        )
    }

    private func parts(of result: SignatureResult) -> [MessagePart] {
        var parts = result.places.compactMap { snapshot.part(at: $0) }
        guard let primary = primarySignature else { return parts }
        if result.places.contains(primary.place) { parts.append(.signature) }
        guard let token = primary.token else { return parts }
        let isDirect = if case .place(let place) = token { result.places.contains(place) } else { false }
        if isDirect || result.coveredTokens.contains(token) { parts.append(.signatureToken) }
        return parts
    }

    /// The children of Body in the form that was digested; exclusive C14N when no signature covers it.
    private func body() -> [UInt8] {
        let method = signed[.body] ?? .exclusive
        if let bodyForm, bodyForm.canonicalization == method { return bodyForm.octets }
        var octets: [UInt8] = []
        for element in snapshot.document.elements(in: snapshot.layout.body) {
            let form = snapshot.document.canonicalOctets(of: element, by: method)
            if octets.isEmpty { octets = form } else { octets += form }
        }
        return octets
    }

    private func envelope() -> [UInt8] {
        var edits = comments().map { XMLEdit(range: $0, replacement: []) }
        if let header = snapshot.header {
            edits.append(XMLEdit(range: snapshot.document.range(of: header.node), replacement: []))
        }
        return edits.isEmpty ? snapshot.document.octets : snapshot.document.applying(edits)
    }

    /// Comments within signed parts whose signature leaves comments out: anyone can have put them there, and a reader
    /// that takes the first text node only would read a part of a signed value.
    private func comments() -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        for (place, method) in signed where !method.withComments {
            if case .child = place { continue }
            if let node = snapshot.node(at: place) { collectComments(in: node, to: &ranges) }
        }
        return ranges
    }

    private func collectComments(in part: NodeID, to ranges: inout [Range<Int>]) {
        let document = snapshot.document
        guard document.mayHoldComment(in: document.range(of: part)) else { return }
        var pending = [part]
        while let node = pending.popLast() {
            for child in document.children(of: node) {
                switch document.kind(of: child) {
                case .comment: ranges.append(document.range(of: child))
                case .element: pending.append(child)
                default: continue
                }
            }
        }
    }
}
