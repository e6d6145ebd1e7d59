import XML

/// Endorsing signatures (WS-SecurityPolicy 1.3 section 8.3).
extension Processing {
    /// One signature of an endorser at least covers all that the policy demands of it.
    func checkEndorsement() throws(SecurityFault) {
        guard let demand = policy.endorsement else { return }
        let isMet = signatures.contains { result in
            isEndorser(result.signer) && demand.parts.allSatisfy { covers(result, $0) }
        }
        guard isMet else {
            let parts = demand.parts.ordered.map(\.description).joined(separator: ", ")
            throw SecurityFault(.invalidSecurity, "no endorser signed \(parts); the policy demands it")
        }
    }

    /// Whether signatures of `signer` endorse, and count for nothing else.
    func isEndorser(_ signer: Signer) -> Bool {
        guard let demand = policy.endorsement, let certificate = signer.certificate else { return false }
        return demand.certificates.contains(certificate)
    }

    private func covers(_ result: SignatureResult, _ part: MessagePart) -> Bool {
        switch part {
        // An endorser's own signature is never the one that it endorses.
        case .signature: primarySignature.map { counts($0.signer) && result.places.contains($0.place) } ?? false
        case .signatureToken: result.token.map { isCovered($0, by: result) } ?? false
        default: isCovered(part, by: result)
        }
    }

    private func isCovered(_ token: TokenIdentity, by result: SignatureResult) -> Bool {
        if case .place(let place) = token, result.places.contains(place) { return true }
        return result.coveredTokens.contains(token)
    }

    private func isCovered(_ part: MessagePart, by result: SignatureResult) -> Bool {
        let nodes = nodes(of: part)
        return !nodes.isEmpty
            && nodes.allSatisfy { node in
                snapshot.hasPlace(round: node) { result.places.contains($0) }
                    || snapshot.place(of: node).map { result.coveredTokens.contains(.place($0)) } ?? false
            }
    }
}
