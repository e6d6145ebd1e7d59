import XML
import XMLSignature

/// What must be signed is signed and what must be encrypted was encrypted, all of it, at its place.
extension Processing {
    func checkCoverage() throws(SecurityFault) {
        try checkSigned()
        let parts =
            policy.encryptedWherePresent.isEmpty
            ? policy.encrypted : policy.encrypted.union(policy.encryptedWherePresent)
        for part in parts.count > 1 ? parts.ordered : Array(parts) {
            let nodes = nodes(of: part)
            guard !nodes.isEmpty || !policy.encrypted.contains(part), nodes.allSatisfy({ isEncrypted($0) }) else {
                throw SecurityFault(.invalidSecurity, "\(part) was not encrypted; the policy demands it")
            }
        }
        guard !policy.requiresTimestamp || timestamp != nil else {
            throw SecurityFault(.invalidSecurity, "there is no wsu:Timestamp, and the policy demands one")
        }
        guard usernameToken != nil || policy.usernameToken?.isRequired != true else {
            throw SecurityFault(.invalidSecurity, "there is no wsse:UsernameToken, and the policy demands one")
        }
        try checkEndorsement()
        try checkConfirmations()
        try checkAssertions()
    }

    /// What must be signed is signed, at its place.
    ///
    /// Before decrypting, parts may be hidden in encrypted data; what is seen of them must be signed all the same.
    func checkSigned(beforeDecrypting isEarly: Bool = false) throws(SecurityFault) {
        guard !isEarly || policy.signed.isEmpty || !signed.isEmpty else {
            throw SecurityFault(.invalidSecurity, "decrypting comes before a signature; the policy demands it after")
        }
        let isMet = policy.signedWherePresent.isEmpty && policy.signed.allSatisfy { isSignedWhole($0) }
        for part in isMet ? [] : policy.signed.union(policy.signedWherePresent).ordered {
            let nodes = nodes(of: part)
            let isMissing = nodes.isEmpty && policy.signed.contains(part) && part != .signatureToken
            let isCovered = part == .signatureToken ? isSignatureTokenSigned : nodes.allSatisfy { isSigned($0) }
            guard !isMissing || isEarly, isCovered else {
                let state = isMissing ? "is missing" : "is not covered by a signature"
                throw SecurityFault(.invalidSecurity, "\(part) \(state); the policy demands it signed")
            }
        }
    }

    /// Whether `part` is there and signed: the usual case, with nothing to report.
    private func isSignedWhole(_ part: MessagePart) -> Bool {
        let nodes = nodes(of: part)
        return part != .signatureToken && !nodes.isEmpty && nodes.allSatisfy { isSigned($0) }
    }

    /// The elements that are `part`, as the message stands.
    func nodes(of part: MessagePart) -> [NodeID] {
        switch part {
        case .signature: primarySignature.flatMap { snapshot.node(at: $0.place) }.map { [$0] } ?? []
        case .signatureToken:
            if case .place(let place)? = primarySignature?.token {
                snapshot.node(at: place).map { [$0] } ?? []
            } else {
                []
            }
        default: snapshot.nodes(of: part)
        }
    }

    /// Whether a signature that counts covers `node`, by itself or as the token that a reference stands for.
    func isSigned(_ node: NodeID) -> Bool {
        if snapshot.hasPlace(round: node, where: { signed[$0] != nil }) { return true }
        guard let place = snapshot.place(of: node) else { return false }
        return signatures.contains { counts($0.signer) && $0.coveredTokens.contains(.place(place)) }
    }

    private func isEncrypted(_ node: NodeID) -> Bool {
        snapshot.hasPlace(round: node) { encrypted.contains($0) }
    }
}
