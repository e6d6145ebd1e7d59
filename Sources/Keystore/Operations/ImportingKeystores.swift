import Cryptography

extension KeyOperations {
    /// Takes a whole keystore in, entry by entry: what is wrong with one does not hold up the others.
    ///
    /// For a summary in advance call this in a transaction that is undone. Throws what the store throws.
    package func take(_ keystore: KeystoreImport) throws -> [KeystoreImport.Line] {
        var taken: Set<KeyAlias> = []
        return try keystore.entries.enumerated()
            .map { index, entry in
                let name = entry.name ?? "(no name)"
                guard let alias = keystore.alias(for: entry, at: index) else {
                    return .refused(name, nil, "no alias can be made of its name: choose one")
                }
                guard taken.insert(alias).inserted else {
                    return .refused(name, alias, "another entry of the file has this alias: choose another one")
                }
                return try take(entry, name, as: alias, keystore)
            }
    }

    private func take(
        _ entry: KeyFile.Entry,
        _ name: String,
        as alias: KeyAlias,
        _ keystore: KeystoreImport
    ) throws -> KeystoreImport.Line {
        do {
            switch entry.content {
            case .pair(let key, let chain):
                return try take(chain, name, alias, keystore) { operations in
                    try operations.importPair(alias: alias, key: key, chain: chain)
                }
            case .certificates(let chain):
                guard let partner = keystore.partners[name] ?? keystore.partner else {
                    return .refused(name, alias, "a certificate without its private key: say whose it is", chain.first)
                }
                return try take(chain, name, alias, keystore) { operations in
                    try operations.importCertificate(alias: alias, chain: chain, partner: partner)
                }
            case .key: return .refused(name, alias, "a private key without a certificate: import it with one by itself")
            case .other(let what): return .refused(name, alias, what)
            case .unreadable(let error): return .refused(name, alias, error.description)
            }
        } catch let error as KeystoreError {
            return .refused(name, alias, error.description)
        }
    }

    private func take(
        _ chain: [Certificate],
        _ name: String,
        _ alias: KeyAlias,
        _ keystore: KeystoreImport,
        adding: (KeyOperations) throws -> KeyVersion
    ) throws -> KeystoreImport.Line {
        let leaf = chain.first
        let versions = try transaction.versions(of: alias)
        func line(_ act: KeystoreImport.Act, _ version: Int?, _ reason: String) -> KeystoreImport.Line {
            KeystoreImport.Line(name, alias, act, version, reason, leaf)
        }
        if let same = versions.first(where: { $0.chain.first == leaf && leaf != nil }) {
            return line(.skip, nil, "it is there as version \(same.id.number)")
        }
        guard !versions.isEmpty else {
            let added = try adding(self)
            return line(.add, added.id.number, "new, \(added.state.rawValue)")
        }
        guard keystore.mode == .replace else {
            return line(.skip, nil, "the alias is there: choose another one, or replace")
        }
        do {
            let added = try adding(self)
            return line(.replace, added.id.number, "new version, \(added.state.rawValue); exchange to it by a renewal")
        } catch KeystoreError.sameKey(let id) {
            let renewed = try attach(alias: alias, number: id.number, chain: chain)
            return line(.renew, renewed.id.number, "the same key: its new certificate, nothing has to be switched")
        }
    }
}

extension KeystoreImport.Line {
    fileprivate init(
        _ entry: String,
        _ alias: KeyAlias?,
        _ act: KeystoreImport.Act,
        _ version: Int?,
        _ reason: String,
        _ leaf: Certificate?
    ) {
        self.entry = entry
        self.alias = alias
        self.act = act
        self.version = version
        self.reason = reason
        fingerprint = leaf?.fingerprint
        notAfter = leaf?.notAfter
    }

    fileprivate static func refused(
        _ entry: String,
        _ alias: KeyAlias?,
        _ reason: String,
        _ leaf: Certificate? = nil
    ) -> Self {
        Self(entry, alias, .refuse, nil, reason, leaf)
    }
}
