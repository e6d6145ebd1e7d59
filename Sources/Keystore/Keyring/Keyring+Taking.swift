package import Cryptography

extension Keyring {
    /// Takes in every version of `aliases` that is not here yet, of the newest keyset; takes the same time however many others
    /// there are, and none when all are here.
    ///
    /// Throws what the store throws.
    package func take(_ aliases: Set<KeyAlias>) async throws {
        while true {
            let missing = missing(aliases)
            guard !missing.isEmpty else { return }
            let (generation, versions) = try await store.read { transaction in
                (
                    try transaction.generation(),
                    try missing.flatMap { try transaction.storedVersions(of: $0...$0) }
                )
            }
            if try await add(versions, of: missing, at: generation) { return }
        }
    }

    /// Takes in the keys that have a certificate like this one.
    ///
    /// Throws what the store throws.
    package func take(identifiedBy certificate: Certificate) async throws {
        guard !isWhole else { return }
        let marks = certificate.identityMarks
        try await take(store.read { Set(try $0.versions(marked: marks).map(\.id.alias)) })
    }

    /// Takes in what is left, `pageLength` aliases at a time, beside whoever uses the keyring: nobody who asks for a snapshot
    /// waits for more than these.
    ///
    /// Throws what the store throws, and `CancellationError`; what was taken in by then stays.
    package func takeAll(pageLength: Int = 250) async throws {
        var last: KeyAlias?
        while !isWhole {
            try Task.checkCancellation()
            let (generation, aliases, versions) = try await store.read { [last] transaction in
                let aliases = try transaction.aliases(after: last, limit: pageLength)
                guard let first = aliases.first, let end = aliases.last else {
                    return (try transaction.generation(), [KeyAlias](), [StoredKeyVersion]())
                }
                return (try transaction.generation(), aliases, try transaction.storedVersions(of: first...end))
            }
            if try await add(versions, of: aliases, at: generation) { last = aliases.last ?? last }
        }
    }

    /// Takes in what was read, or follows the keyset when that has changed, so that it is read again.
    private func add(
        _ versions: [StoredKeyVersion],
        of aliases: some Sequence<KeyAlias>,
        at generation: Int
    )
        async throws -> Bool
    {
        if add(versions, of: aliases, at: Optional(generation)) { return true }
        do {
            try await refresh()
            return false
        } catch is KeystoreError {
            // A changed key that does not open leaves the others as they were: these are newer, which harms nobody.
            return add(versions, of: aliases, at: nil)
        }
    }
}
