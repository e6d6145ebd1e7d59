import Cryptography
import Keystore
import ManagementAPI
import Renewal
import Timekeeping

/// Creates and imports key versions.
struct KeyAdding {
    private static let daysLimit = 20 * 365

    let tenant: Tenant

    func add(_ request: AddKeyVersion, by actor: Actor) async throws -> KeyResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "create or import a key")
        let alias = try KeyAlias(request.alias)
        let material = try Material(request.source)
        let (masterKey, now) = (tenant.masterKey, tenant.clock.now)
        let versions = try await tenant.keystore.write { transaction in
            let operations = KeyOperations(
                transaction: transaction,
                masterKey: masterKey,
                now: now,
                actor: actor.description
            )
            try material.add(to: alias, operations)
            return try transaction.versions(of: alias)
        }
        try await tenant.keyring.refresh()
        guard let key = KeyResource(versions) else { throw KeystoreError.unknownAlias(alias) }
        return key
    }

    /// What a request brings, read and checked.
    private enum Material {
        case fresh(KeyKind, subject: String, validity: Duration)
        case pair(PrivateKey, [Certificate])
        case certificate([Certificate], PartnerID)

        init(_ source: AddKeyVersion.Source) throws {
            do {
                try self.init(reading: source)
            } catch let error as CryptographyError {
                throw KeystoreError.cryptography(error)
            }
        }

        private init(reading source: AddKeyVersion.Source) throws {
            switch source {
            case .create(let kind, let subject, let days):
                guard let kind = KeyKind(rawValue: kind) else {
                    let known = KeyKind.allCases.filter(\.canSign).map(\.rawValue).joined(separator: ", ")
                    throw Refusal.malformed("`\(kind.prefix(40))` is not a kind of key", remedy: "use \(known)")
                }
                guard (1...daysLimit).contains(days) else {
                    throw Refusal.malformed("a validity of \(days) days", remedy: "use 1 to \(daysLimit) days")
                }
                self = .fresh(kind, subject: subject, validity: .seconds(days * 86_400))
            case .keyPair(let key, let certificates, let password):
                self = try .pair(PrivateKey(pem: key, password: password), Certificate.list(pem: certificates))
            case .pkcs12(let file, let password):
                let (key, chain) = try PKCS12.read([UInt8](file), password: password)
                self = .pair(key, chain)
            case .certificate(let certificates, let partner):
                self = try .certificate(Certificate.list(pem: certificates), PartnerID(partner))
            }
        }

        func add(to alias: KeyAlias, _ operations: KeyOperations) throws {
            switch self {
            case .fresh(let kind, let subject, let validity):
                _ = try operations.create(alias: alias, kind: kind, subject: subject, validity: validity)
            case .pair(let key, let chain):
                _ = try operations.importPair(alias: alias, key: key, chain: chain)
            case .certificate(let chain, let partner):
                _ = try operations.importCertificate(alias: alias, chain: chain, partner: partner)
            }
        }
    }
}
