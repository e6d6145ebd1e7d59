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
        if case .certificate(_, let partner) = material { try tenant.partners.require(partner) }
        let demands = try ImportDemands(fingerprint: request.fingerprint, alias: alias, tenant: tenant)
        let (masterKey, now) = (tenant.masterKey, tenant.clock.now)
        let versions = try await tenant.keystore.write { transaction in
            let operations = KeyOperations(
                transaction: transaction,
                masterKey: masterKey,
                now: now,
                actor: actor.description
            )
            try material.add(to: alias, operations, demands)
            return try transaction.versions(of: alias)
        }
        try await tenant.keyring.refresh()
        guard let key = KeyResource(versions) else { throw KeystoreError.unknownAlias(alias) }
        return key
    }

    /// What a request brings, read and checked.
    private enum Material {
        case fresh(KeyKind, subject: String, hosts: [String], validity: Duration, TokenName?)
        case held(TokenName, identifier: [UInt8]?, label: String?, [Certificate])
        case pair(PrivateKey, [Certificate], TokenName? = nil)
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
            case .create(let kind, let subject, let days, let hosts, let token):
                let kind = try KeyKind(named: kind)
                guard (1...daysLimit).contains(days) else {
                    throw Refusal.malformed("a validity of \(days) days", remedy: "use 1 to \(daysLimit) days")
                }
                let hosts = try HostNames(hosts ?? []).names
                let name = try token.map { text throws(KeystoreError) in try TokenName(text) }
                self = .fresh(kind, subject: subject, hosts: hosts, validity: .seconds(days * 86_400), name)
            case .token(let choice): self = try Self.held(choice)
            case .keyPair(let key, let certificates, let password):
                self = try .pair(PrivateKey(pem: key, password: password), Certificate.list(pem: certificates))
            case .pkcs12(let file, let password):
                let (key, chain) = try PKCS12.read([UInt8](file), password: password)
                self = .pair(key, chain)
            case .file(let upload): self = try Self.material(of: upload)
            case .certificate(let certificates, let partner):
                self = try .certificate(Certificate.list(pem: certificates), PartnerID(partner))
            }
        }

        private static func held(_ choice: AddKeyVersion.TokenKeyChoice) throws -> Material {
            let identifier = choice.identifier.map { Hexadecimal.octets($0) ?? [] }
            guard identifier.map({ (1...TokenKey.identifierLimit).contains($0.count) }) ?? (choice.label != nil) else {
                throw Refusal.malformed(
                    "the key in the token is not named",
                    remedy: "give its id in hexadecimal, or its label"
                )
            }
            return try .held(
                TokenName(choice.token),
                identifier: identifier,
                label: choice.label,
                KeyFile([UInt8](choice.certificates)).certificates()
            )
        }

        private static func material(of upload: KeyFileUpload) throws -> Material {
            let file = try KeyFile([UInt8](upload.file), password: upload.password, keyPassword: upload.keyPassword)
            let token = try upload.token.map { text throws(KeystoreError) in try TokenName(text) }
            if let partner = upload.partner {
                guard token == nil else {
                    throw Refusal.malformed(
                        "a partner's certificate has no private key for a token",
                        remedy: "leave the token out, or the partner"
                    )
                }
                return try .certificate(file.certificates(named: upload.entry), PartnerID(partner))
            }
            let certificates = try upload.certificates.map { data throws(CryptographyError) in
                try KeyFile([UInt8](data))
            }
            let (key, chain) = try file.pair(named: upload.entry, certificates: certificates)
            return .pair(key, chain, token)
        }

        func add(to alias: KeyAlias, _ operations: KeyOperations, _ demands: ImportDemands) throws {
            switch self {
            case .fresh(let kind, let subject, let hosts, let validity, let token):
                _ = try operations.create(
                    alias: alias,
                    kind: kind,
                    subject: subject,
                    hosts: hosts,
                    validity: validity,
                    in: token
                )
            case .held(let token, let identifier, let label, let chain):
                _ = try operations.adopt(
                    alias: alias,
                    from: token,
                    identifier: identifier,
                    label: label,
                    chain: chain,
                    demands: demands
                )
            case .pair(let key, let chain, let token):
                _ = try operations.importPair(alias: alias, key: key, chain: chain, demands: demands, in: token)
            case .certificate(let chain, let partner):
                _ = try operations.importCertificate(alias: alias, chain: chain, partner: partner, demands: demands)
            }
        }
    }
}
