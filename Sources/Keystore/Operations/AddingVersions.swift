package import Cryptography
import FoundationEssentials

extension KeyOperations {
    /// Makes a key pair with a self-signed certificate; the first version of an alias is active, further ones staged.
    ///
    /// `subject` is a name of RFC 4514; the certificate is valid for `validity` from now, and a little before for peers
    /// whose clocks are behind. `hosts` are the names and addresses that a TLS server's certificate is for. In a `token` the
    /// private key is made there, and stays there.
    package func create(
        alias: KeyAlias,
        kind: KeyKind,
        subject: String,
        hosts: [String] = [],
        validity: Duration,
        in token: TokenName? = nil
    ) throws -> KeyVersion {
        let skew = Double(Self.clockSkew.components.seconds)
        return try withNewKey(kind, for: nextVersion(of: alias), in: token) { material in
            let certificate = try KeystoreError.wrapping { () throws(CryptographyError) in
                try Certificate.selfSigned(
                    key: material.key,
                    subject: subject,
                    hosts: hosts,
                    notBefore: now.addingTimeInterval(-skew),
                    notAfter: now.addingTimeInterval(Double(validity.components.seconds))
                )
            }
            return try add(alias, owner: .tenant, chain: [certificate], key: material, action: "key.create")
        }
    }

    /// Imports a key pair of the tenant with its certificates, the leaf first.
    ///
    /// The first version of an alias is active, further ones staged. With a `token` the private key is brought there and not
    /// kept here.
    package func importPair(
        alias: KeyAlias,
        key: PrivateKey,
        chain: [Certificate],
        demands: ImportDemands = ImportDemands(),
        in token: TokenName? = nil
    ) throws -> KeyVersion {
        guard let leaf = chain.first else { throw KeystoreError.certificateMissing(alias) }
        guard leaf.publicKey == key.publicKey else {
            throw try mismatch(
                alias,
                leaf,
                transaction.versions(marked: leaf.identityMarks) + transaction.versions(of: alias)
            )
        }
        return try withBroughtKey(key, for: nextVersion(of: alias), in: token) { material in
            try add(alias, owner: .tenant, chain: chain, key: material, demands, action: "key.import")
        }
    }

    /// Imports a partner's certificate with those above it, the leaf first.
    ///
    /// The first version of an alias is active, further ones staged.
    package func importCertificate(
        alias: KeyAlias,
        chain: [Certificate],
        partner: PartnerID,
        demands: ImportDemands = ImportDemands()
    ) throws -> KeyVersion {
        try add(alias, owner: .partner(partner), chain: chain, key: nil, demands, action: "key.import-certificate")
    }

    func add(
        _ alias: KeyAlias,
        owner: KeyOwner,
        chain: [Certificate],
        key: KeyMaterial?,
        _ demands: ImportDemands = ImportDemands(),
        action: String
    ) throws -> KeyVersion {
        guard let leaf = chain.first else { throw KeystoreError.certificateMissing(alias) }
        try checkName(alias)
        let siblings = try transaction.versions(of: alias)
        if let other = siblings.first(where: { $0.owner != owner }) {
            throw KeystoreError.ownerMismatch(alias, owner: other.owner)
        }
        let id = try nextVersion(of: alias)
        let acceptance = Acceptance(
            id: id,
            owner: owner,
            leaf: leaf,
            others: Array(chain.dropFirst()),
            demands: demands
        )
        let chain = try acceptance.chain(against: transaction.versions(marked: leaf.identityMarks), at: now)
        let isFirst = siblings.isEmpty
        var version = KeyVersion(
            id: id,
            owner: owner,
            state: isFirst ? .active : .staged,
            chain: chain,
            sealedPrivateKey: nil,
            createdAt: now,
            activatedAt: isFirst ? now : nil
        )
        try keep(key, in: &version)
        try transaction.insert(version)
        let confirmed = demands.fingerprint == nil ? "" : ", as confirmed"
        let place = version.tokenKey.map { ", in \($0)" } ?? ""
        let detail =
            "\(version.state.rawValue), \(leaf.keyDescription), SHA-256 \(leaf.fingerprint)\(confirmed)\(place)"
        try conclude(action, id, detail)
        return version
    }
}
