import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Backs keys up, and brings them back.
struct KeystoreBackups {
    private static let leastPassphraseCount = 12

    let tenant: Tenant

    func backUp(_ request: BackUpKeystore, by actor: Actor) async throws -> BackupResource {
        try require(actor, request.passphrase)
        let alias = try request.alias.map { name throws(KeystoreError) in try KeyAlias(name) }
        let now = tenant.clock.now
        let backup = try await tenant.keystore.write { transaction in
            let backup = try KeystoreBackup(transaction, alias: alias, at: now)
            try transaction.audit(
                at: now,
                actor: actor.description,
                action: "keystore.backup",
                subject: alias?.rawValue ?? "keystore",
                detail: "\(backup.versions.count) versions"
            )
            return backup
        }
        let inTokens = backup.versions.count { $0.tokenKey != nil }
        return try BackupResource(
            file: Data(backup.sealed(passphrase: request.passphrase)),
            versions: backup.versions.count,
            inTokens: inTokens == 0 ? nil : inTokens
        )
    }

    func restore(_ request: RestoreKeystore, by actor: Actor) async throws -> RestoreResource {
        try require(actor, request.passphrase)
        let alias = try request.alias.map { name throws(KeystoreError) in try KeyAlias(name) }
        let backup = try KeystoreBackup([UInt8](request.file), passphrase: request.passphrase)
        let lines: [RestoreLine]
        do {
            lines = try await tenant.operateOnKeys(by: actor.description) { operations, _ in
                let lines = try operations.restore(backup, alias: alias)
                guard request.apply else { throw Undone(lines: lines) }
                return lines
            }
        } catch let undone as Undone {
            lines = undone.lines
        }
        return RestoreResource(
            madeAt: backup.madeAt,
            applied: request.apply,
            lines: lines.map(RestoreResource.Line.init)
        )
    }

    private func require(_ actor: Actor, _ passphrase: String) throws(Refusal) {
        try actor.require(.tenantAdministrator, in: tenant, to: "back up and restore keys")
        guard (Self.leastPassphraseCount...1000).contains(passphrase.count) else {
            throw .malformed(
                "the passphrase has \(passphrase.count) characters",
                remedy: "use \(Self.leastPassphraseCount) to 1000"
            )
        }
    }

    /// A diff is the restore itself, undone.
    private struct Undone: Error {
        let lines: [RestoreLine]
    }
}

extension RestoreResource.Line {
    init(_ line: RestoreLine) {
        self.init(
            alias: line.id.alias.rawValue,
            version: line.id.number,
            act: line.act.rawValue,
            backedUp: line.backedUp.rawValue,
            state: line.state?.rawValue,
            reason: line.reason
        )
        partner = line.partner?.rawValue
    }
}
