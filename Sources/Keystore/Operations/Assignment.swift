import FoundationEssentials

extension KeyOperations {
    /// Lets a staged version protect one partner's messages, instead of the active one or beside it.
    ///
    /// Throws `transitionRefused` unless the version is staged, `expired` or `notYetValid`.
    package func assign(_ id: KeyVersionID, to partner: PartnerID, _ manner: KeyAssignment.Manner) throws {
        let version = try existing(id)
        guard version.state == .staged else {
            throw KeystoreError.transitionRefused(id, from: version.state, to: .active)
        }
        _ = try version.validCertificate(at: now)
        try transaction.setAssignment(KeyAssignment(version: id, partner: partner, manner: manner))
        try conclude("key.assign", id, "\(manner.rawValue) for \(partner)")
    }

    /// Lets the alias's active version alone protect one partner's messages again; nothing when it does.
    package func unassign(_ alias: KeyAlias, from partner: PartnerID) throws {
        guard let assignment = try transaction.assignments(of: alias).first(where: { $0.partner == partner }) else {
            return
        }
        try transaction.removeAssignment(assignment)
        try conclude("key.unassign", assignment.version, "the active version protects for \(partner)")
    }

    /// Takes a version away from every partner that it was assigned to, as it protects nothing any more or everything.
    func removeAssignments(of alias: KeyAlias, where isRemoved: (KeyVersionID) -> Bool = { _ in true }) throws {
        for assignment in try transaction.assignments(of: alias) where isRemoved(assignment.version) {
            try transaction.removeAssignment(assignment)
        }
    }
}

extension KeystoreTransaction {
    /// Whether this version protects messages of `partner` at this moment; of nobody in particular when `nil`.
    package func protects(_ id: KeyVersionID, for partner: PartnerID?) throws -> Bool {
        let assignment = try partner.flatMap { partner in
            try assignments(of: id.alias).first { $0.partner == partner }
        }
        if let assignment, assignment.version == id { return try version(id)?.state == .staged }
        if assignment?.manner == .instead { return false }
        return try version(id)?.state.canProtect == true
    }
}
