package import Cryptography
package import FoundationEssentials

/// The keys at one generation; never changes, so a message operation sees one keyset from beginning to end.
package struct KeyringSnapshot: Sendable {
    /// Which keyset this is.
    package private(set) var generation: Int
    /// When it was read.
    package private(set) var loadedAt: Date

    /// The versions of each alias, by number.
    private var byAlias = ShardedMap<KeyAlias, [KeyringEntry]>()
    private var index = KeyringIndex()
    /// The versions that protect messages of single partners; there are some only while partners move one by one.
    private var assignments: [KeyAlias: [KeyAssignment]]
    /// What former names are called now: a message that began before its flow was changed still has one.
    private var formerAliases: [KeyAlias: KeyAlias]

    /// The keys of `entries` alone.
    init(
        generation: Int,
        loadedAt: Date,
        entries: [KeyringEntry],
        assignments: [KeyAssignment] = [],
        formerAliases: [KeyAlias: KeyAlias] = [:]
    ) {
        self.generation = generation
        self.loadedAt = loadedAt
        self.formerAliases = formerAliases
        self.assignments = Dictionary(grouping: assignments, by: \.version.alias)
        for entry in entries { put(entry) }
    }

    /// The keys of `former` with some of them changed, or gone where there is no entry, and other assignments where there
    /// are any; costs no more than the changes.
    init(
        _ former: KeyringSnapshot,
        generation: Int,
        loadedAt: Date,
        changes: [KeyVersionID: KeyringEntry?],
        assignments: [KeyAssignment]? = nil,
        formerAliases: [KeyAlias: KeyAlias]? = nil
    ) {
        self = former
        if let formerAliases { self.formerAliases = formerAliases }
        if let assignments { self.assignments = Dictionary(grouping: assignments, by: \.version.alias) }
        self.generation = generation
        self.loadedAt = loadedAt
        for (id, entry) in changes {
            remove(id)
            if let entry { put(entry) }
        }
    }

    /// The version with its private key.
    func entry(_ id: KeyVersionID) -> KeyringEntry? {
        byAlias[id.alias]?.first { $0.version.id == id }
    }

    private mutating func put(_ entry: KeyringEntry) {
        let id = entry.version.id
        var entries = byAlias[id.alias] ?? []
        entries.insert(entry, at: entries.firstIndex { $0.version.id > id } ?? entries.endIndex)
        byAlias[id.alias] = entries
        for certificate in entry.version.certificates { index.insert(certificate, of: id) }
    }

    private mutating func remove(_ id: KeyVersionID) {
        guard let entry = entry(id) else { return }
        let rest = byAlias[id.alias]?.filter { $0.version.id != id } ?? []
        byAlias[id.alias] = rest.isEmpty ? nil : rest
        for certificate in entry.version.certificates { index.remove(certificate, of: id) }
    }

    /// What `alias` signs with at `now`: its active version, or the one assigned to `partner` instead, with the
    /// certificates above the leaf in `chain`.
    ///
    /// A message of a named trial is signed with the version that `permit` names, if that is one of the alias's.
    /// Throws `unknownAlias`, `noActiveVersion`, `notOnTrial`, `noPrivateKey`, `expired` or `notYetValid`.
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
        let certificate = try entry.version.validCertificate(at: now)
        guard let key = entry.key else { throw .noPrivateKey(entry.version.id) }
        return (entry.version.id, key, certificate, Array(entry.version.chain.dropFirst()))
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
        let entry = try protecting(alias, for: partner, permit)
        return try (entry.version.id, entry.version.validCertificate(at: now))
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
        return try (entry.version.id, entry.version.validCertificate(at: now))
    }

    /// What `aliases` verify and decrypt with: their staged, active and retiring versions, expired ones too.
    ///
    /// A version whose certificate was renewed comes once with each of its certificates. `key` is `nil` for a partner's
    /// certificate. With an `owner`, versions of anybody else are left out.
    package func accepted(
        _ aliases: [KeyAlias],
        of owner: KeyOwner? = nil
    ) -> [(id: KeyVersionID, certificate: Certificate, key: PrivateKey?)] {
        var accepted: [(id: KeyVersionID, certificate: Certificate, key: PrivateKey?)] = []
        for alias in aliases {
            for entry in byAlias[present(alias)] ?? [] where entry.version.state.canProcess {
                guard let certificate = entry.version.certificate, owner == nil || entry.version.owner == owner
                else { continue }
                accepted.append((entry.version.id, certificate, entry.key))
                accepted += entry.version.formerCertificates.map { (entry.version.id, $0, entry.key) }
            }
        }
        return accepted
    }

    /// The version, in whatever state, or `nil`.
    package func version(_ id: KeyVersionID) -> KeyVersion? {
        entry(id)?.version
    }

    /// The versions of `alias` by number.
    package func versions(of alias: KeyAlias) -> [KeyVersion] {
        (byAlias[present(alias)] ?? []).map(\.version)
    }

    /// What a name is called now: itself, unless it is a former one.
    package func present(_ name: KeyAlias) -> KeyAlias { formerAliases[name] ?? name }

    /// Every version of every key, by alias and number.
    package var allVersions: [KeyVersion] {
        byAlias.values.flatMap { $0.map(\.version) }.sorted { $0.id < $1.id }
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
        guard permit.allows(permit.version, in: entry.version.state) else {
            throw .notOnTrial(permit.version, entry.version.state)
        }
        return entry
    }

    private func assigned(
        _ alias: KeyAlias,
        to partner: PartnerID,
        _ manner: KeyAssignment.Manner
    ) -> KeyringEntry? {
        guard let assignment = assignments[alias]?.first(where: { $0.partner == partner && $0.manner == manner }),
            let entry = entry(assignment.version), entry.version.state == .staged
        else { return nil }
        return entry
    }

    private func active(_ alias: KeyAlias) throws(KeystoreError) -> KeyringEntry {
        guard let versions = byAlias[present(alias)] else { throw .unknownAlias(alias) }
        guard let entry = versions.first(where: { $0.version.state.canProtect }) else { throw .noActiveVersion(alias) }
        return entry
    }
}

extension KeyringSnapshot {
    /// The accepted versions whose certificate has this issuer and serial number; more than one is ambiguous.
    ///
    /// This and its siblings take the same time however many keys there are.
    package func candidates(issuer: String, serial: String) -> [KeyVersionID] {
        accepted(index.versions(issuer: issuer, serial: serial))
    }

    /// The accepted versions whose certificate has this subject key identifier; more than one is ambiguous.
    package func candidates(subjectKeyIdentifier: [UInt8]) -> [KeyVersionID] {
        accepted(index.versions(subjectKeyIdentifier: subjectKeyIdentifier))
    }

    /// The accepted versions whose certificate has this SHA-1 thumbprint; more than one is ambiguous.
    package func candidates(thumbprint: [UInt8]) -> [KeyVersionID] {
        accepted(index.versions(thumbprint: thumbprint))
    }

    /// The accepted versions that have this very certificate.
    package func accepted(_ certificate: Certificate) -> [KeyVersion] {
        accepted(versions(having: certificate)).compactMap(version)
    }

    /// The version of one of `aliases` that has this very certificate, whatever its state: which key a use was of.
    package func id(of certificate: Certificate, among aliases: [KeyAlias]) -> KeyVersionID? {
        versions(having: certificate).first { id in aliases.contains { present($0) == id.alias } }
    }

    private func versions(having certificate: Certificate) -> [KeyVersionID] {
        index.versions(thumbprint: certificate.thumbprint)
            .filter { version($0)?.certificates.contains(certificate) == true }
    }

    private func accepted(_ candidates: [KeyVersionID]) -> [KeyVersionID] {
        candidates.filter { version($0)?.state.canProcess == true }
    }
}
