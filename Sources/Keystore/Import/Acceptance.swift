import Cryptography
import FoundationEssentials

/// Whether a certificate with those above it may be taken, as the new one of a version.
struct Acceptance {
    let id: KeyVersionID
    let owner: KeyOwner
    let leaf: Certificate
    let others: [Certificate]
    let demands: ImportDemands

    /// Throws what is wrong with it; the chain from the leaf upwards when nothing is.
    func chain(against versions: [KeyVersion], at now: Date) throws(KeystoreError) -> [Certificate] {
        try demands.check(leaf, for: id.alias)
        try Identifiability(leaf, id.alias).check(against: versions)
        try checkKey(against: versions)
        try KeyVersion.checkValidity(of: leaf, for: id, at: now)
        let chain = try self.chain()
        for issuer in chain.dropFirst() {
            guard KeyVersion.isValid(issuer, at: now) else {
                throw .issuerNotValid(
                    id.alias,
                    certificate: issuer.subject,
                    from: issuer.notBefore,
                    to: issuer.notAfter
                )
            }
        }
        return chain
    }

    /// A key belongs to one owner, is never compromised, and has one version in an alias.
    private func checkKey(against versions: [KeyVersion]) throws(KeystoreError) {
        let known = versions.filter { $0.certificate?.publicKey == leaf.publicKey && $0.id != id }
        let isOwners = known.contains { $0.owner == owner }
        for version in known {
            guard version.state != .compromised else { throw .compromisedKey(id.alias, as: version.id) }
            guard isOwners || isSharedByPartners(with: version.owner) else {
                throw .certificateOfAnotherKey(id.alias, other: version.id)
            }
            if version.id.alias == id.alias { throw .sameKey(version.id) }
        }
    }

    /// Two partners may share one system, if the person confirms the certificate's fingerprint for both.
    private func isSharedByPartners(with other: KeyOwner) -> Bool {
        owner != .tenant && other != .tenant && demands.fingerprint != nil
    }

    /// The leaf and its issuers in order; throws `brokenChain` when one is a stranger to them, or did not sign.
    private func chain() throws(KeystoreError) -> [Certificate] {
        let others = others.filter { $0 != leaf }
        let chain = Certificate.chain(from: leaf, among: others)
        if let stranger = others.first(where: { !chain.contains($0) }) {
            throw .brokenChain(id.alias, certificate: stranger.subject, cause: "it issued none of the others")
        }
        for (certificate, issuer) in zip(chain, chain.dropFirst()) where !certificate.isIssued(by: issuer) {
            throw .brokenChain(
                id.alias,
                certificate: issuer.subject,
                cause: "its key did not sign that of \(certificate.subject)"
            )
        }
        return chain
    }
}
