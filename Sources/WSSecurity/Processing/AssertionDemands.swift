import XML
import XMLSignature

extension Processing {
    /// One assertion at least is confirmed as the policy demands.
    func checkAssertions() throws(SecurityFault) {
        guard let demand = policy.assertion else { return }
        let carried = carriedAssertions()
        guard !carried.isEmpty else {
            guard demand.isRequired else { return }
            throw SecurityFault(.invalidSecurity, "there is no SAML assertion, and the policy demands one")
        }
        guard let confirmation = demand.confirmation, !carried.allSatisfy({ $0.isConfirmed(as: confirmation) }) else {
            return
        }
        let cause =
            "a SAML assertion is not confirmed by \(confirmation.rawValue), over all that must be signed; the policy demands it"
        throw SecurityFault(.invalidSecurity, cause)
    }

    /// The assertions in the header's order.
    func carriedAssertions() -> [CarriedAssertion] {
        guard let header = snapshot.header else { return [] }
        return header.nodes.compactMap { node in
            guard let place = header.place(of: node), let result = assertions[place] else { return nil }
            let assertion = result.assertion
            return CarriedAssertion(
                version: assertion.version,
                id: assertion.id,
                issuerName: assertion.issuerName,
                subject: assertion.subject,
                confirmation: assertion.confirmation,
                notBefore: assertion.conditions.validity.notBefore,
                notOnOrAfter: assertion.conditions.validity.notOnOrAfter,
                issuer: result.issuer,
                isCovered: signatures.contains { counts($0.signer) && coversDemands($0, with: node) },
                isKeyProved: result.confirmedKey.map(isProved) ?? false,
                octets: result.octets
            )
        }
    }

    /// Whether a signature by `key` covers all that must be signed: one over something else proves nothing of the message.
    private func isProved(_ key: PublicKey) -> Bool {
        signatures.contains { result in
            switch result.signer {
            case .certificate(let certificate): certificate.publicKey == key && coversDemands(result)
            case .samlSubject(let subject): subject.publicKey == key && coversDemands(result)
            case .sharedKey: false
            }
        }
    }

    /// Whether the signature alone covers what the policy demands signed, and `assertion`.
    ///
    /// Of several signatures one may be a stranger's to the assertion: who vouches or proves a key must have signed the rest.
    private func coversDemands(_ result: SignatureResult, with assertion: NodeID? = nil) -> Bool {
        let covering = signatures(within: result)
        let parts = policy.signed.subtracting([.signature, .signatureToken, .samlAssertion])
        let nodes = parts.flatMap { snapshot.nodes(of: $0) } + (assertion.map { [$0] } ?? [])
        return nodes.allSatisfy { node in
            covering.contains { signature in
                snapshot.hasPlace(round: node) { signature.places.contains($0) }
                    || snapshot.place(of: node).map { signature.coveredTokens.contains(.place($0)) } ?? false
            }
        }
    }

    /// The signature and those that it covers, such as the primary one that it endorses.
    private func signatures(within result: SignatureResult) -> [SignatureResult] {
        var found = [result]
        var next = 0
        while next < found.count {
            let places = found[next].places
            found += signatures.filter { other in
                places.contains(other.place) && !found.contains { $0.place == other.place }
            }
            next += 1
        }
        return found
    }
}

extension CarriedAssertion {
    /// Whether the subject is confirmed in that way, and what was promised of it was found.
    fileprivate func isConfirmed(as demanded: Confirmation) -> Bool {
        guard confirmation == demanded else { return false }
        return switch demanded {
        case .holderOfKey: isKeyProved && issuer != nil
        case .senderVouches: isCovered
        case .bearer: issuer != nil
        case .other: false
        }
    }
}
