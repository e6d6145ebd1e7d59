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
        let isMet =
            switch demand.confirmation {
            case nil: true
            case .holderOfKey:
                carried.contains { $0.confirmation == .holderOfKey && $0.isKeyProved && $0.issuer != nil }
            case .senderVouches: carried.contains { $0.confirmation == .senderVouches && $0.isCovered }
            case .bearer: carried.contains { $0.confirmation == .bearer && $0.issuer != nil }
            case .other: false
            }
        guard isMet else {
            let cause =
                "no SAML assertion is confirmed by \(demand.confirmation?.rawValue ?? ""); the policy demands it"
            throw SecurityFault(.invalidSecurity, cause)
        }
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
                isCovered: isSigned(node),
                isKeyProved: result.confirmedKey.map(isProved) ?? false,
                octets: result.octets
            )
        }
    }

    private func isProved(_ key: PublicKey) -> Bool {
        signatures.contains { result in
            switch result.signer {
            case .certificate(let certificate): certificate.publicKey == key
            case .samlSubject(let subject): subject.publicKey == key
            case .sharedKey: false
            }
        }
    }
}
