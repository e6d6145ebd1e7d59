package import Cryptography
import FoundationEssentials

extension KeyOperations {
    /// Makes a key pair as the next version of an alias of the tenant, pending until its certificate comes, and the request
    /// for that (PKCS#10).
    ///
    /// The private key does not leave. Throws `ownerMismatch`, or `cryptography` for a name that is none.
    package func request(
        alias: KeyAlias,
        kind: KeyKind,
        subject: String,
        hosts: [String] = []
    ) throws -> (version: KeyVersion, request: CertificateRequest) {
        try checkName(alias)
        let siblings = try transaction.versions(of: alias)
        if let other = siblings.first(where: { $0.owner != .tenant }) {
            throw KeystoreError.ownerMismatch(alias, owner: other.owner)
        }
        let key = try KeystoreError.wrapping { () throws(CryptographyError) in try PrivateKey.generate(kind) }
        let request = try self.request(for: key, subject, hosts)
        let id = KeyVersionID(alias: alias, number: (siblings.map(\.id.number).max() ?? 0) + 1)
        var version = KeyVersion(
            id: id,
            owner: .tenant,
            state: .pending,
            chain: [],
            sealedPrivateKey: nil,
            createdAt: now
        )
        version.sealedPrivateKey = try sealed(key, context: version.sealingContext)
        try transaction.insert(version)
        try conclude("key.request", id, "pending, \(key.algorithm), for \(subject)")
        return (version, request)
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
