import Cryptography
import Foundation
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Lets private keys out, encrypted, when two persons say so.
struct KeyExporting {
    private static let leastPasswordCount = 12

    let tenant: Tenant

    func list(for actor: Actor) async throws -> [KeyExportResource] {
        try require(actor)
        let now = tenant.clock.now
        return try await tenant.keystore.read { try $0.openKeyExports() }
            .filter { $0.status(at: now) != .lapsed }
            .map { KeyExportResource($0, at: now) }
    }

    func request(_ name: String, _ request: RequestKeyExport, by actor: Actor) async throws -> KeyExportResource {
        try require(actor)
        let id = try KeyVersionID(alias: KeyAlias(name), number: request.version)
        guard request.reason.contains(where: { !$0.isWhitespace }), request.reason.utf8.count <= 1000 else {
            throw Refusal.malformed("no reason is given, or too long a one", remedy: "say in a sentence what for")
        }
        let export = "export-" + Hexadecimal.text(SecureRandom.octets(count: 8))
        return try await KeyExportResource(
            tenant.operateOnKeys(by: actor.description) { operations, _ in
                try operations.requestExport(id, named: export, by: actor.name, reason: request.reason)
            },
            at: tenant.clock.now
        )
    }

    func approve(_ export: String, by actor: Actor) async throws -> KeyExportResource {
        try require(actor)
        return try await KeyExportResource(
            tenant.operateOnKeys(by: actor.description) { operations, _ in
                try operations.approveExport(export, by: actor.name)
            },
            at: tenant.clock.now
        )
    }

    func collect(_ export: String, _ request: CollectKeyExport, by actor: Actor) async throws -> CollectedKey {
        try require(actor)
        guard (Self.leastPasswordCount...200).contains(request.password.count) else {
            throw Refusal.malformed(
                "the password has \(request.password.count) characters",
                remedy: "use \(Self.leastPasswordCount) to 200"
            )
        }
        return try await tenant.operateOnKeys(by: actor.description) { operations, _ in
            let (export, key, chain) = try operations.collectExport(export, by: actor.name)
            do throws(CryptographyError) {
                return try CollectedKey(file: Data(Self.file(request, export.version, key, chain)))
            } catch {
                throw KeystoreError.cryptography(error)
            }
        }
    }

    private static func file(
        _ request: CollectKeyExport,
        _ id: KeyVersionID,
        _ key: PrivateKey,
        _ chain: [Certificate]
    ) throws(CryptographyError) -> [UInt8] {
        switch request.form {
        case .pkcs12 where !chain.isEmpty:
            return try PKCS12.write(key: key, chain: chain, name: id.alias.rawValue, password: request.password)
        case .pkcs12, .pkcs8:
            let text = try key.encryptedPEM(password: request.password) + chain.map(\.pem).joined()
            return Array(text.utf8)
        }
    }

    private func require(_ actor: Actor) throws(Refusal) {
        try actor.require(.tenantAdministrator, in: tenant, to: "export a private key")
    }
}

extension KeyExportResource {
    init(_ export: KeyExport, at now: Date) {
        self.init(
            id: export.id,
            alias: export.version.alias.rawValue,
            version: export.version.number,
            status: export.status(at: now).rawValue,
            reason: export.reason,
            requestedBy: export.requestedBy,
            requestedAt: export.requestedAt,
            end: export.end
        )
        approvedBy = export.approvedBy
    }
}
