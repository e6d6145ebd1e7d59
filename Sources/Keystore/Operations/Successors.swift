import Cryptography

extension KeyOperations {
    /// Makes the next version of an alias of the tenant, staged: subject and kind of key are the active version's.
    ///
    /// `kind` is a raw value of `KeyKind` and overrides the kind. The successor of a key in a token is made in that token,
    /// unless `token` names another one. Throws `noActiveVersion`, or as `create` does.
    package func createSuccessor(
        of alias: KeyAlias,
        kind: String?,
        in token: TokenName? = nil,
        validity: Duration
    ) throws -> KeyVersion {
        let active = try transaction.versions(of: alias).first { $0.state == .active }
        guard let active, let certificate = active.certificate else { throw KeystoreError.noActiveVersion(alias) }
        let chosen = kind.flatMap(KeyKind.init(rawValue:))
        guard kind == nil || chosen != nil else { throw KeystoreError.weakKey(alias, key: kind ?? "") }
        let same = KeyKind.allCases.first { $0.algorithm == certificate.publicKey.algorithm }
        return try create(
            alias: alias,
            kind: chosen ?? same ?? .rsa3072,
            subject: certificate.subject,
            validity: validity,
            in: token ?? active.tokenKey?.token
        )
    }

    /// Imports a partner's new certificate (PEM, the leaf first) as the next version of its alias, staged.
    ///
    /// Throws `noActiveVersion`, `ownerMismatch` for an alias of the tenant, or as `importCertificate` does.
    package func importSuccessor(of alias: KeyAlias, certificatePEM pem: String) throws -> KeyVersion {
        guard let active = try transaction.versions(of: alias).first(where: { $0.state == .active }) else {
            throw KeystoreError.noActiveVersion(alias)
        }
        guard case .partner(let partner) = active.owner else {
            throw KeystoreError.ownerMismatch(alias, owner: active.owner)
        }
        let chain = try KeystoreError.wrapping { () throws(CryptographyError) in try Certificate.list(pem: pem) }
        return try importCertificate(alias: alias, chain: chain, partner: partner)
    }
}
