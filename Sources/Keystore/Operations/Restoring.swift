import Cryptography
import FoundationEssentials

extension KeyOperations {
    /// Brings back what a backup has and the keystore has not, of one alias or of all; what is here is never changed.
    ///
    /// For a diff in advance call this in a transaction that is undone. Throws what the store throws.
    package func restore(_ backup: KeystoreBackup, alias: KeyAlias? = nil) throws -> [RestoreLine] {
        let chosen = backup.versions.filter { alias == nil || $0.id.alias == alias }
        if let alias, chosen.isEmpty { throw KeystoreError.unknownAlias(alias) }
        let lines = try chosen.map { version in
            guard let present = try transaction.version(version.id) else { return try bringBack(version, of: backup) }
            return Self.compare(version, with: present)
        }
        let added = Set(lines.filter { $0.act == .add }.map(\.id))
        let assignments = backup.assignments.filter { alias == nil || $0.version.alias == alias }
        return try lines + assignments.map { try bringBack($0, of: backup, isAdded: added.contains($0.version)) }
    }

    /// An assignment comes back with its version alone: where that was here, what is assigned here is what counts.
    private func bringBack(
        _ assignment: KeyAssignment,
        of backup: KeystoreBackup,
        isAdded: Bool
    ) throws -> RestoreLine {
        let id = assignment.version
        let state = try transaction.version(id)?.state
        func line(_ act: RestoreLine.Act, _ reason: String) -> RestoreLine {
            RestoreLine(id: id, partner: assignment.partner, act: act, backedUp: .staged, state: state, reason: reason)
        }
        let here = try transaction.assignments(of: id.alias).first { $0.partner == assignment.partner }
        if here == assignment { return line(.same, "as it is here") }
        if let here { return line(.keep, "version \(here.version.number) is assigned to it here: not moved") }
        guard isAdded, let state else { return line(.keep, "not assigned here any more: not assigned again") }
        guard state == .staged else {
            return line(.refuse, "the version is \(state.rawValue) here; a staged one is assigned: plan a renewal")
        }
        try transaction.setAssignment(assignment)
        try conclude(
            "key.restore-assignment",
            id,
            "\(assignment.manner.rawValue) for \(assignment.partner), from the backup of "
                + backup.madeAt.formatted(.iso8601)
        )
        return line(.add, "\(assignment.manner == .instead ? "in place of" : "beside") the active version")
    }

    /// A line about a version that is here.
    private static func compare(_ version: KeyVersion, with present: KeyVersion) -> RestoreLine {
        func line(_ act: RestoreLine.Act, _ reason: String) -> RestoreLine {
            RestoreLine(id: version.id, act: act, backedUp: version.state, state: present.state, reason: reason)
        }
        let known = present.chain.prefix(1) + present.formerCertificates
        let isSameKey = version.chain.isEmpty || present.chain.isEmpty || known.contains(version.chain[0])
        guard isSameKey, version.owner == present.owner else {
            return line(.refuse, "another key is here under this number: restore to an empty store to look at it")
        }
        guard version.state != present.state else { return line(.same, "as it is here") }
        let erased = present.state == .destroyed ? "; its key stays erased" : ""
        return line(
            .keep,
            "\(present.state.rawValue) here, \(version.state.rawValue) in the backup: not moved\(erased)"
        )
    }

    private func bringBack(_ version: KeyVersion, of backup: KeystoreBackup) throws -> RestoreLine {
        var version = version
        let backedUp = version.state
        func refused(_ reason: String) -> RestoreLine {
            RestoreLine(id: version.id, act: .refuse, backedUp: backedUp, state: nil, reason: reason)
        }
        do {
            try checkName(version.id.alias)
        } catch let error as KeystoreError {
            return refused(error.description)
        }
        let siblings = try transaction.versions(of: version.id.alias)
        if let other = siblings.first(where: { $0.owner != version.owner }) {
            return refused(KeystoreError.ownerMismatch(version.id.alias, owner: other.owner).description)
        }
        if let sealed = version.sealedPrivateKey {
            guard let reopened = resealed(sealed, of: version) else {
                return refused("its private key is sealed under another master key: name that one as formerMasterKey")
            }
            version.sealedPrivateKey = reopened
            let key = try publicKeySealed(in: version)
            guard version.certificate.map({ $0.publicKey == key }) ?? true else {
                return refused(KeystoreError.certificateMismatch(version.id.alias).description)
            }
        }
        if let refusal = tokenRefusal(of: version) { return refused(refusal) }
        let place = version.tokenKey.map { ", its key in \($0)" } ?? ""
        var reason = "missing here\(place)"
        if version.state == .active, let active = siblings.first(where: { $0.state == .active }) {
            version.state = .staged
            reason = "missing here\(place); staged, as version \(active.id.number) is active"
        }
        try transaction.insert(version)
        try conclude(
            "key.restore",
            version.id,
            "\(version.state.rawValue), from the backup of \(backup.madeAt.formatted(.iso8601))"
        )
        return RestoreLine(id: version.id, act: .add, backedUp: backedUp, state: version.state, reason: reason)
    }

    /// The sealed private key under the current master key; `nil` when it opens under none that is known.
    private func resealed(_ sealed: [UInt8], of version: KeyVersion) -> [UInt8]? {
        do throws(KeystoreError) {
            return try masterKey.rewrapped(sealed, context: version.sealingContext) ?? sealed
        } catch {
            return nil
        }
    }

    private func publicKeySealed(in version: KeyVersion) throws(KeystoreError) -> PublicKey {
        try privateKey(of: version).publicKey
    }
}
