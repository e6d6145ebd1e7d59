package import FoundationEssentials

/// What can be done to keys: each is one decision over a transaction, with its audit entry and a new generation.
///
/// Each throws `KeystoreError` when it refuses, and whatever the store throws; the transaction is undone then.
package struct KeyOperations {
    /// How far another system's clock may be ahead.
    package static let clockSkew = Duration.seconds(60)

    let transaction: any KeystoreTransaction
    let masterKey: MasterKey
    let now: Date
    let actor: String

    /// Operations of `actor` at `now`.
    package init(transaction: any KeystoreTransaction, masterKey: MasterKey, now: Date, actor: String) {
        self.transaction = transaction
        self.masterKey = masterKey
        self.now = now
        self.actor = actor
    }

    /// The stored version; throws `unknownVersion`.
    func existing(_ id: KeyVersionID) throws -> KeyVersion {
        guard let version = try transaction.version(id) else {
            try checkName(id.alias)
            throw KeystoreError.unknownVersion(id)
        }
        return version
    }

    /// The versions of `alias`, at least one; throws `unknownAlias`.
    func existing(_ alias: KeyAlias) throws -> [KeyVersion] {
        let versions = try transaction.versions(of: alias)
        guard !versions.isEmpty else {
            try checkName(alias)
            throw KeystoreError.unknownAlias(alias)
        }
        return versions
    }

    /// Throws `renamed` for a former name, which neither finds its key nor is given to another one.
    func checkName(_ alias: KeyAlias) throws {
        let present = try transaction.presentAlias(of: alias)
        guard present == alias else { throw KeystoreError.renamed(alias, to: present) }
    }

    /// Throws `transitionRefused` unless `version` may become `state`.
    func checkTransition(of version: KeyVersion, to state: KeyVersionState) throws(KeystoreError) {
        guard version.state.canBecome(state) else {
            throw .transitionRefused(version.id, from: version.state, to: state)
        }
    }

    /// Writes the audit entry of a change to keys and begins a new generation.
    func conclude(_ action: String, _ subject: KeyVersionID, _ detail: String) throws {
        try transaction.audit(at: now, actor: actor, action: action, subject: subject.description, detail: detail)
        try transaction.bumpGeneration()
    }
}
