package import Cryptography
import FoundationEssentials

extension KeyOperations {
    /// Makes a key pair as the next version of an alias of the tenant, pending until its certificate comes, and the request
    /// for that (PKCS#10).
    ///
    /// The private key does not leave the keystore, or the `token` in which it is made. Throws `ownerMismatch`, or `cryptography` for a name that is none.
    package func request(
        alias: KeyAlias,
        kind: KeyKind,
        subject: String,
        hosts: [String] = [],
        in token: TokenName? = nil
    ) throws -> (version: KeyVersion, request: CertificateRequest) {
        try checkName(alias)
        let siblings = try transaction.versions(of: alias)
        if let other = siblings.first(where: { $0.owner != .tenant }) {
            throw KeystoreError.ownerMismatch(alias, owner: other.owner)
        }
        let id = try nextVersion(of: alias)
        return try withNewKey(kind, for: id, in: token) { material in
            let request = try self.request(for: material.key, subject, hosts)
            var version = KeyVersion(
                id: id,
                owner: .tenant,
                state: .pending,
                chain: [],
                sealedPrivateKey: nil,
                createdAt: now
            )
            try keep(material, in: &version)
            try transaction.insert(version)
            let place = version.tokenKey.map { ", in \($0)" } ?? ""
            try conclude("key.request", id, "pending, \(material.key.algorithm), for \(subject)\(place)")
            return (version, request)
        }
    }

    /// A request for a certificate of a key that is here: again for a pending version, or to renew another's.
    ///
    /// Throws `unknownVersion`, `noPrivateKey`, or `cryptography` for a name that is none.
    package func requestAgain(
        _ id: KeyVersionID,
        subject: String?,
        hosts: [String] = []
    ) throws -> (version: KeyVersion, request: CertificateRequest) {
        let version = try existing(id)
        let subject = subject ?? version.certificate?.subject ?? "CN=\(id.alias)"
        let request = try request(for: privateKey(of: version), subject, hosts)
        try transaction.audit(
            at: now,
            actor: actor,
            action: "key.request-again",
            subject: id.description,
            detail: "for \(subject)"
        )
        return (version, request)
    }

    private func request(
        for key: PrivateKey,
        _ subject: String,
        _ hosts: [String]
    ) throws(KeystoreError) -> CertificateRequest {
        try KeystoreError.wrapping { () throws(CryptographyError) in
            try CertificateRequest(key: key, subject: subject, hosts: hosts)
        }
    }
}
