package import Cryptography
package import FoundationEssentials

extension KeyringSnapshot {
    /// What `alias` signs with at `now`: its active version, or the one assigned to `partner` instead, with the
    /// certificates above the leaf in `chain`.
    ///
    /// A message of a named trial is signed with the version that `permit` names, if that is one of the alias's.
    /// Throws `unknownAlias`, `noActiveVersion`, `notOnTrial`, `noPrivateKey`, `expired` or `notYetValid`; for what is stored
    /// and does not open, `sealBroken`, `certificateMismatch` or `cryptography`.
    package func signingCredential(
        _ alias: KeyAlias,
        for partner: PartnerID? = nil,
        at now: Date,
        permit: ProbePermit? = nil
    ) throws(KeystoreError) -> (id: KeyVersionID, key: PrivateKey, certificate: Certificate, chain: [Certificate]) {
        try credential(of: protecting(alias, for: partner, permit), at: now)
    }

    /// What `alias` signs with beside that for `partner`; `nil` without such an assignment.
    ///
    /// Throws `noPrivateKey`, `expired` or `notYetValid`.
    package func secondCredential(
        _ alias: KeyAlias,
        for partner: PartnerID,
        at now: Date
    ) throws(KeystoreError) -> (id: KeyVersionID, key: PrivateKey, certificate: Certificate, chain: [Certificate])? {
        guard let entry = assigned(alias, to: partner, .beside) else { return nil }
        return try credential(of: entry, at: now)
    }

    private func credential(
        of entry: KeyringEntry,
        at now: Date
    ) throws(KeystoreError) -> (id: KeyVersionID, key: PrivateKey, certificate: Certificate, chain: [Certificate]) {
        let version = entry.version
        try entry.checkReadable()
        let certificate = try version.validCertificate(at: now)
        guard let key = try entry.key() else { throw .noPrivateKey(entry.id) }
        return (entry.id, key, certificate, Array(version.chain.dropFirst()))
    }

    /// Whom `alias` encrypts to at `now`: its active version, or the one assigned to `partner` instead.
    ///
    /// A message of a named trial is encrypted to the version that `permit` names, if that is one of the alias's.
    /// Throws `unknownAlias`, `noActiveVersion`, `notOnTrial`, `expired` or `notYetValid`.
    package func recipient(
        _ alias: KeyAlias,
        for partner: PartnerID? = nil,
        at now: Date,
        permit: ProbePermit? = nil
    ) throws(KeystoreError) -> (id: KeyVersionID, certificate: Certificate) {
        try recipient(protecting(alias, for: partner, permit), at: now)
    }

    /// Whom `alias` encrypts to besides for `partner`; `nil` without such an assignment.
    ///
    /// Throws `expired` or `notYetValid`.
    package func secondRecipient(
        _ alias: KeyAlias,
        for partner: PartnerID,
        at now: Date
    ) throws(KeystoreError) -> (id: KeyVersionID, certificate: Certificate)? {
        guard let entry = assigned(alias, to: partner, .beside) else { return nil }
        return try recipient(entry, at: now)
    }

    private func recipient(
        _ entry: KeyringEntry,
        at now: Date
    ) throws(KeystoreError) -> (id: KeyVersionID, certificate: Certificate) {
        try entry.checkReadable()
        return try (entry.id, entry.version.validCertificate(at: now))
    }

    /// The one current version: the one on trial by `permit`, else the one assigned to `partner`, else the active one.
    private func protecting(
        _ alias: KeyAlias,
        for partner: PartnerID?,
        _ permit: ProbePermit?
    ) throws(KeystoreError) -> KeyringEntry {
        guard let permit, permit.version.alias == alias else {
            if let partner, let entry = assigned(alias, to: partner, .instead) { return entry }
            return try active(alias)
        }
        guard let entry = entry(permit.version) else { throw .unknownVersion(permit.version) }
        guard permit.allows(permit.version, in: entry.bare.state) else {
            throw .notOnTrial(permit.version, entry.bare.state)
        }
        return entry
    }

    private func assigned(
        _ alias: KeyAlias,
        to partner: PartnerID,
        _ manner: KeyAssignment.Manner
    ) -> KeyringEntry? {
        guard let assignment = assignments[alias]?.first(where: { $0.partner == partner && $0.manner == manner }),
            let entry = entry(assignment.version), entry.bare.state == .staged
        else { return nil }
        return entry
    }

    private func active(_ alias: KeyAlias) throws(KeystoreError) -> KeyringEntry {
        guard let versions = byAlias[present(alias)] else { throw .unknownAlias(alias) }
        guard let entry = versions.first(where: { $0.bare.state.canProtect }) else { throw .noActiveVersion(alias) }
        return entry
    }
}
