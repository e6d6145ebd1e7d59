import FoundationEssentials

extension KeyOperations {
    /// Puts a staged version into use: it becomes active and the active one retiring, under the same alias.
    ///
    /// Throws `transitionRefused`, `expired`, `notYetValid` or `unknownVersion`.
    package func exchange(to id: KeyVersionID) throws -> KeyVersion {
        var next = try existing(id)
        // Also `retiring` may become active, but only as a rollback.
        guard next.state == .staged else {
            throw KeystoreError.transitionRefused(id, from: next.state, to: .active)
        }
        _ = try next.validCertificate(at: now)
        let old = try transaction.versions(of: id.alias).filter { $0.state == .active }
        for var version in old {
            version.state = .retiring
            version.exchangedAt = now
            try transaction.update(version)
        }
        try removeAssignments(of: id.alias)
        next.state = .active
        next.activatedAt = now
        try transaction.update(next)
        let replaced = old.map { "version \($0.id.number)" }.joined(separator: ", ")
        try conclude("key.exchange", id, replaced.isEmpty ? "none was active" : "instead of \(replaced)")
        return next
    }

    /// Takes the last exchange of `alias` back: its active version becomes staged, the newest retiring one active.
    ///
    /// Returns the version that is active again. Throws `nothingToRollBack`, `expired` or `unknownAlias`.
    @discardableResult
    package func rollBack(alias: KeyAlias) throws -> KeyVersion {
        let versions = try existing(alias)
        let retiring = versions.filter { $0.state == .retiring }
        guard var old = retiring.max(by: { ($0.exchangedAt ?? .distantPast) < ($1.exchangedAt ?? .distantPast) }) else {
            throw KeystoreError.nothingToRollBack(alias)
        }
        _ = try old.validCertificate(at: now)
        try removeAssignments(of: alias)
        for var version in versions where version.state == .active {
            version.state = .staged
            try transaction.update(version)
        }
        old.state = .active
        old.exchangedAt = nil
        try transaction.update(old)
        try conclude("key.roll-back", old.id, "active again")
        return old
    }
}
