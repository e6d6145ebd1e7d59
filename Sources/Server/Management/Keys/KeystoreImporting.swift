import Cryptography
import Keystore
import ManagementAPI
import Renewal

/// Takes in whole keystores.
struct KeystoreImporting {
    let tenant: Tenant

    func take(_ request: ImportKeystore, by actor: Actor) async throws -> KeystoreImportResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "import a keystore")
        let file = try tenant.reading { () throws(CryptographyError) in
            try KeyFile([UInt8](request.file), password: request.password, keyPassword: request.keyPassword)
        }
        let keystore = try KeystoreImport(
            file,
            mode: request.replace ? .replace : .add,
            aliases: request.aliases.mapValues { try KeyAlias($0) },
            partners: request.partners.mapValues { try PartnerID($0) },
            partner: request.partner.map { text throws(KeystoreError) in try PartnerID(text) }
        )
        let lines: [KeystoreImport.Line]
        do {
            lines = try await tenant.operateOnKeys(by: actor.description) { operations, _ in
                let lines = try operations.take(keystore)
                guard request.apply else { throw Undone(lines: lines) }
                return lines
            }
        } catch let undone as Undone {
            lines = undone.lines
        }
        return KeystoreImportResource(
            format: file.format.rawValue,
            applied: request.apply,
            lines: lines.map(KeystoreImportResource.Line.init)
        )
    }

    /// A summary is the import itself, undone.
    private struct Undone: Error {
        let lines: [KeystoreImport.Line]
    }
}

extension KeystoreImportResource.Line {
    init(_ line: KeystoreImport.Line) {
        self.init(
            entry: line.entry,
            alias: line.alias?.rawValue,
            act: line.act.rawValue,
            version: line.version,
            reason: line.reason
        )
        fingerprint = line.fingerprint
        notAfter = line.notAfter
    }
}
