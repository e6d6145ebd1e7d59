import FoundationEssentials

extension KeyOperations {
    /// Stops accepting a version: retiring, or staged and given up, becomes retired.
    @discardableResult
    package func stopAccepting(_ id: KeyVersionID) throws -> KeyVersion {
        var version = try existing(id)
        try checkTransition(of: version, to: .retired)
        try removeAssignments(of: id.alias) { $0 == id }
        version.state = .retired
        version.stoppedAcceptingAt = now
        try transaction.update(version)
        try conclude("key.stop-accepting", id, "kept until \(retentionText(version, Retention()))")
        return version
    }

    /// Marks a version as known to others: from now on it is neither used nor accepted.
    @discardableResult
    package func markCompromised(_ id: KeyVersionID) throws -> KeyVersion {
        var version = try existing(id)
        try checkTransition(of: version, to: .compromised)
        try removeAssignments(of: id.alias) { $0 == id }
        let before = version.state
        version.state = .compromised
        if before == .active { version.exchangedAt = now }
        if before.canProcess { version.stoppedAcceptingAt = now }
        try transaction.update(version)
        try conclude("key.mark-compromised", id, "was \(before.rawValue)")
        return version
    }

    /// Erases the private key of a version for ever; certificate and history remain.
    ///
    /// A key in a token is erased there first: while the token does not do that, the version is not destroyed.
    /// A refusal leaves no trace here, as the transaction is undone: write it with `auditRefusal` in one of its own.
    /// - Parameters:
    ///   - id: A retired or compromised version.
    ///   - requester: The person who asked for it.
    ///   - approver: Another person who approved it.
    ///   - retention: How long a version is kept after its exchange; never less than 90 days.
    /// - Returns: The version as it is now.
    /// - Throws: `secondPersonNeeded`, `transitionRefused`, `retained` with the moment when it becomes possible, or `cryptography` for what a
    ///   token says.
    @discardableResult
    package func destroy(
        _ id: KeyVersionID,
        requestedBy requester: String,
        approvedBy approver: String,
        retention: Retention = Retention()
    ) throws -> KeyVersion {
        var version = try existing(id)
        try Self.checkPersons(requester, approver, for: id)
        try checkTransition(of: version, to: .destroyed)
        guard let end = retention.end(of: version), end <= now else {
            throw KeystoreError.retained(id, possibleAt: retention.end(of: version) ?? .distantFuture)
        }
        let place = try eraseTokenKey(of: version)
        version.state = .destroyed
        version.sealedPrivateKey = nil
        version.tokenKey = nil
        version.destroyedAt = now
        try transaction.update(version)
        try conclude("key.destroy", id, "requested by \(requester), approved by \(approver)\(place)")
        return version
    }

    /// Writes to the audit log that something was refused, and why.
    package func auditRefusal(of action: String, _ id: KeyVersionID, because error: KeystoreError) throws {
        try transaction.audit(
            at: now,
            actor: actor,
            action: "\(action).refused",
            subject: id.description,
            detail: error.description
        )
    }

    private static func checkPersons(
        _ requester: String,
        _ approver: String,
        for id: KeyVersionID
    ) throws(KeystoreError) {
        guard !requester.isEmpty, !approver.isEmpty, requester != approver else { throw .secondPersonNeeded(id) }
    }

    private func retentionText(_ version: KeyVersion, _ retention: Retention) -> String {
        retention.end(of: version)?.formatted(.iso8601) ?? "it is out of use"
    }
}
