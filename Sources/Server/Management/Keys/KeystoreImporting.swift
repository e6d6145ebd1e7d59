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
        try Self.check(request, against: file)
        let partners = try request.partners.mapValues { try PartnerID($0) }
        let partner = try request.partner.map { text throws(KeystoreError) in try PartnerID(text) }
        for partner in partners.values.sorted() + (partner.map { [$0] } ?? []) { try tenant.partners.require(partner) }
        let keystore = try KeystoreImport(
            file,
            mode: request.replace ? .replace : .add,
            aliases: request.aliases.mapValues { try KeyAlias($0) },
            partners: partners,
            partner: partner
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

    /// Refuses names of entries that the file does not have: what was meant for them would go another way unseen.
    private static func check(_ request: ImportKeystore, against file: KeyFile) throws(Refusal) {
        let names = file.entries.compactMap(\.name)
        let unknown = Set(request.aliases.keys).union(request.partners.keys).subtracting(names)
        guard let first = unknown.min() else { return }
        let known = names.sorted().prefix(20).map { String($0.prefix(80)) }.joined(separator: ", ")
        throw .malformed(
            "the file has no entry '\(first.prefix(80))'",
            remedy: names.isEmpty ? "leave the name out: its entries have none" : "name entries as it does: \(known)"
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
