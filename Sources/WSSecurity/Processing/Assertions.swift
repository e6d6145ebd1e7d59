import Cryptography
import FoundationEssentials
import XML
import XMLSignature

/// SAML assertions (WSS SAML Token Profile 1.1.1).
extension Processing {
    /// An assertion that is in time and, where it is signed, by a trusted issuer.
    struct AssertionResult {
        let assertion: Assertion
        let issuer: Certificate?
        /// The key that it confirms.
        let confirmedKey: PublicKey?
        let octets: [UInt8]
    }

    /// Checks the assertion at `node`, once.
    mutating func accept(assertion node: NodeID, in header: SecurityHeader) throws(SecurityFault) -> AssertionResult {
        guard let place = header.place(of: node), let demand = policy.assertion else {
            throw SecurityFault(.unsupportedSecurityToken, "the policy expects no SAML assertion")
        }
        if let known = assertions[place] { return known }
        let assertion = try Assertion(reading: node, in: snapshot.document)
        try check(assertion, demand)
        let reader = reader(of: header)
        let issuer = try assertion.signature.map { node throws(SecurityFault) in
            try self.issuer(of: assertion, signedBy: node, reader)
        }
        let result = AssertionResult(
            assertion: assertion,
            issuer: issuer,
            confirmedKey: try confirmedKey(of: assertion, reader),
            octets: snapshot.document.canonicalOctets(of: node, by: .exclusive)
        )
        assertions[place] = result
        return result
    }

    private func check(_ assertion: Assertion, _ demand: AssertionDemand) throws(SecurityFault) {
        let skew = policy.clockSkew.timeInterval
        let holds = assertion.conditions.validity.holds(at: now, skew: skew)
        guard holds, assertion.confirmations.allSatisfy({ $0.validity.holds(at: now, skew: skew) }) else {
            throw SecurityFault(.invalidSecurityToken, "a SAML assertion is expired or not yet valid")
        }
        guard
            demand.audiences.isEmpty
                || assertion.conditions.audiences.allSatisfy({ !$0.isDisjoint(with: demand.audiences) })
        else { throw SecurityFault(.invalidSecurityToken, "a SAML assertion is for another audience") }
    }

    /// The trusted issuer whose enveloped signature covers the whole assertion.
    private func issuer(
        of assertion: Assertion,
        signedBy node: NodeID,
        _ reader: TokenReader
    ) throws(SecurityFault) -> Certificate {
        let signature = try Signature.allowed(node, in: snapshot.document, policy: policy)
        guard case .hinted(let hints) = try reader.namedKey(in: signature.keyInfo) else {
            throw SecurityFault(.unsupportedSecurityToken, "the signature of a SAML assertion must name a certificate")
        }
        let issuers = keys.assertionIssuers(for: hints.primary).filter(hints.agree(on:))
        guard let issuer = issuers.first, issuers.count == 1, issuer.isValid(at: now) else {
            let cause = "no trusted issuer, or no valid certificate of one, signed the SAML assertion"
            throw SecurityFault(.invalidSecurityToken, cause, hint: hints.primary)
        }
        let proof = try securityFault(
            hint: hints.primary,
            fromSignature: signature.verify(
                with: issuer.publicKey,
                in: snapshot.document,
                elements: snapshot.elements
            )
        )
        guard proof.elements.count == 1, let element = proof.elements.first, element.node == assertion.node,
            !element.isTokenReference
        else { throw SecurityFault(.failedCheck, "the signature of a SAML assertion must cover it and nothing else") }
        return issuer
    }

    /// The public key that a holder-of-key confirmation names.
    private func confirmedKey(of assertion: Assertion, _ reader: TokenReader) throws(SecurityFault) -> PublicKey? {
        let keyed = assertion.confirmations.filter { $0.method == .holderOfKey }
        guard let node = keyed.first?.keyInfo else { return nil }
        guard keyed.count == 1 else {
            throw SecurityFault(.unsupportedSecurityToken, "a SAML assertion confirms several keys")
        }
        let keyInfo = try securityFault(fromSignature: KeyInfo(reading: node, in: snapshot.document))
        guard case .hinted(let hints) = try reader.namedKey(in: keyInfo) else {
            throw SecurityFault(.unsupportedSecurityToken, "a SAML assertion must confirm a public key")
        }
        return try publicKey(hints)
    }

    private func publicKey(_ hints: KeyHints) throws(SecurityFault) -> PublicKey {
        var certificates: [Certificate] = []
        var key: PublicKey?
        switch hints.primary {
        case .certificate(let certificate): certificates = [certificate]
        case .publicKey(let octets) where hints.others.isEmpty: key = try? PublicKey(spki: octets)
        default: certificates = keys.verificationCertificates(for: hints.primary)
        }
        let fitting = certificates.filter(hints.agree(on:))
        guard let key = key ?? (fitting.count == 1 ? fitting.first?.publicKey : nil) else {
            throw SecurityFault(.invalidSecurityToken, "the key that a SAML assertion confirms is ambiguous or unknown")
        }
        return key
    }
}
