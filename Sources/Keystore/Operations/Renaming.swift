import FoundationEssentials

extension KeyOperations {
    /// Gives a key another name: its versions, their history and what the ledger counted are found under it from now on.
    ///
    /// The former name is given to no other key. Flows that name the key are changed by the caller in the same transaction;
    /// `flows` are those, for the audit log. Throws `unknownAlias`, `nameTaken`, `reservedName`, `inUse`, `renamed` for a
    /// former name, or `sealBroken`.
    package func rename(_ alias: KeyAlias, to name: KeyAlias, flows: [String] = []) throws {
        let versions = try existing(alias)
        try checkFree(name, for: alias)
        try checkUnused(alias)
        try transaction.rename(alias, to: name, at: now)
        for version in versions { try reseal(version, as: name) }
        let naming = flows.isEmpty ? "named by no flow" : "changed in \(flows.joined(separator: ", "))"
        try transaction.audit(
            at: now,
            actor: actor,
            action: "key.rename",
            subject: alias.rawValue,
            detail: "now \(name), \(naming)"
        )
        try transaction.bumpGeneration()
    }

    private func checkFree(_ name: KeyAlias, for alias: KeyAlias) throws {
        for reserved in [alias, name] where reserved.rawValue == AuditSigning.aliasName {
            throw KeystoreError.reservedName(reserved)
        }
        guard try transaction.versions(of: name).isEmpty else { throw KeystoreError.nameTaken(name) }
        // A key may get one of its own former names back.
        let owner = try transaction.presentAlias(of: name)
        guard owner == name || owner == alias else { throw KeystoreError.renamed(name, to: owner) }
    }

    private func checkUnused(_ alias: KeyAlias) throws {
        let partners = try transaction.assignments(of: alias).map { "the assignment to \($0.partner)" }
        let work = try transaction.workUnderWay(on: alias).map { "the renewal \($0)" } + partners
        guard work.isEmpty else { throw KeystoreError.inUse(alias, by: work) }
    }

    /// A private key opens in its own version's place alone, which has another name now.
    private func reseal(_ version: KeyVersion, as name: KeyAlias) throws {
        let id = KeyVersionID(alias: name, number: version.id.number)
        guard var renamed = try transaction.version(id), let sealed = version.sealedPrivateKey else { return }
        let key = try masterKey.openSecret(sealed, context: version.sealingContext)
        renamed.sealedPrivateKey = masterKey.seal(key, context: renamed.sealingContext)
        try transaction.update(renamed)
    }
}
