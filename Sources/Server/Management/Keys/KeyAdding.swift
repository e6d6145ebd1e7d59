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
        case fresh(KeyKind, subject: String, hosts: [String], validity: Duration)
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
            case .create(let kind, let subject, let days, let hosts):
                guard let kind = KeyKind(rawValue: kind) else {
                    let known = KeyKind.allCases.filter(\.canSign).map(\.rawValue).joined(separator: ", ")
                    throw Refusal.malformed("`\(kind.prefix(40))` is not a kind of key", remedy: "use \(known)")
                }
                guard (1...daysLimit).contains(days) else {
                    throw Refusal.malformed("a validity of \(days) days", remedy: "use 1 to \(daysLimit) days")
                }
                let hosts = hosts ?? []
                guard hosts.count <= 100,
                    hosts.allSatisfy({ (1...253).contains($0.utf8.count) && $0.utf8.allSatisfy(isOfHosts) })
                else { throw Refusal.malformed("a host is none", remedy: "give DNS names and addresses, 100 at most") }
                self = .fresh(kind, subject: subject, hosts: hosts, validity: .seconds(days * 86_400))
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
            case .fresh(let kind, let subject, let hosts, let validity):
                _ = try operations.create(alias: alias, kind: kind, subject: subject, hosts: hosts, validity: validity)
            case .pair(let key, let chain):
                _ = try operations.importPair(alias: alias, key: key, chain: chain)
            case .certificate(let chain, let partner):
                _ = try operations.importCertificate(alias: alias, chain: chain, partner: partner)
            }
        }
    }
}

/// Whether an octet may stand in a DNS name or an address: letters, digits, `-`, `.`, `*`, `:`.
private func isOfHosts(_ octet: UInt8) -> Bool {
    switch octet {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2A, 0x2D, 0x2E, 0x3A: true
    default: false
    }
}
