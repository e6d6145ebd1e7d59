package import Cryptography
import FoundationEssentials

extension KeyOperations {
    /// Takes the certificate that was issued for a key that is here, with those above it in whatever order.
    ///
    /// A pending version becomes staged. A version that is staged, active or retiring already gets it as its new
    /// certificate (a renewal in the sense of RFC 3647 section 4.6: same key, so that nothing has to be switched); messages
    /// that name the former one still find the key. Without a `number` the version is found by its key.
    ///
    /// Throws `certificateOfAnotherKey`, `certificateMismatch`, `transitionRefused`, and as an import does.
    package func attach(
        alias: KeyAlias,
        number: Int? = nil,
        chain: [Certificate],
        demands: ImportDemands = ImportDemands()
    ) throws -> KeyVersion {
        guard let leaf = chain.first else { throw KeystoreError.certificateMissing(alias) }
        let siblings = try existing(alias)
        guard number == nil || siblings.contains(where: { $0.id.number == number }) else {
            throw KeystoreError.unknownVersion(KeyVersionID(alias: alias, number: number ?? 0))
        }
        let known = try transaction.versions(marked: leaf.identityMarks)
        let candidate = try siblings.last { version in
            try (number == nil || version.id.number == number) && publicKey(of: version) == leaf.publicKey
        }
        guard var version = candidate else { throw mismatch(alias, leaf, known + siblings) }
        guard version.state == .pending || version.state.canProcess else {
            throw KeystoreError.transitionRefused(version.id, from: version.state, to: .staged)
        }
        if version.certificate == leaf { return try extend(version, by: chain, demands) }
        let acceptance = Acceptance(
            id: version.id,
            owner: version.owner,
            leaf: leaf,
            others: Array(chain.dropFirst()),
            demands: demands
        )
        let former = version.chain.first
        version.chain = try acceptance.chain(against: known, at: now)
        if let former {
            version.formerCertificates.removeAll { $0 == leaf }
            version.formerCertificates.append(former)
        }
        if version.state == .pending { version.state = .staged }
        try transaction.update(version)
        let detail =
            "\(version.state.rawValue), SHA-256 \(leaf.fingerprint), until \(leaf.notAfter.formatted(.iso8601))"
        try conclude(former == nil ? "key.attach" : "key.renew-certificate", version.id, detail)
        return version
    }

    /// Takes other certificates above the leaf, such as the issuer's renewed one.
    private func extend(
        _ version: KeyVersion,
        by chain: [Certificate],
        _ demands: ImportDemands
    ) throws -> KeyVersion {
        var version = version
        let acceptance = Acceptance(
            id: version.id,
            owner: version.owner,
            leaf: chain[0],
            others: Array(chain.dropFirst()),
            demands: demands
        )
        let renewed = try acceptance.chain(against: [], at: now)
        guard renewed != version.chain else { throw KeystoreError.alreadyPresent(version.id) }
        version.chain = renewed
        try transaction.update(version)
        let issuers = renewed.dropFirst().map(\.subject).joined(separator: "; ")
        try conclude("key.renew-chain", version.id, issuers.isEmpty ? "nothing above it" : "above it: \(issuers)")
        return version
    }

    /// The public half; a pending version's is read from its sealed private key.
    func publicKey(of version: KeyVersion) throws -> PublicKey? {
        if let certificate = version.certificate { return certificate.publicKey }
        return try masterKey.privateKey(of: version)?.publicKey
    }

    /// The private key, opened; throws `noPrivateKey`, `sealBroken` or `unknownToken`.
    func privateKey(of version: KeyVersion) throws(KeystoreError) -> PrivateKey {
        guard let key = try masterKey.privateKey(of: version) else { throw .noPrivateKey(version.id) }
        return key
    }

    /// That a certificate is not for the key, with the version that it is for.
    func mismatch(_ alias: KeyAlias, _ leaf: Certificate, _ versions: [KeyVersion]) -> KeystoreError {
        let other = versions.first { (try? publicKey(of: $0)) == leaf.publicKey }
        return other.map { .certificateOfAnotherKey(alias, other: $0.id) } ?? .certificateMismatch(alias)
    }
}
