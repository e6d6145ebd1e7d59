extension KeyOperations {
    /// Seals the private keys of at most `limit` aliases after `alias` that are still under the former master key under the
    /// current one.
    ///
    /// Returns how many, and the last alias that was looked at; `nil` when there was none. Throws `sealBroken` for a key that
    /// opens under neither.
    package func rewrapPrivateKeys(after alias: KeyAlias?, limit: Int) throws -> (count: Int, last: KeyAlias?) {
        let aliases = try transaction.aliases(after: alias, limit: limit)
        var count = 0
        for alias in aliases {
            for var version in try transaction.versions(of: alias) {
                guard let sealed = version.sealedPrivateKey,
                    let rewrapped = try masterKey.rewrapped(sealed, context: version.sealingContext)
                else { continue }
                version.sealedPrivateKey = rewrapped
                try transaction.update(version)
                count += 1
            }
        }
        return (count, aliases.last)
    }
}
