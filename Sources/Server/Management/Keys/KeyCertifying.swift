import Cryptography
import Keystore
import ManagementAPI
import Renewal

/// Certificate requests out, certificates in.
struct KeyCertifying {
    let tenant: Tenant

    func request(
        _ name: String,
        _ request: RequestCertificate,
        by actor: Actor
    ) async throws -> CertificateRequestResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "request a certificate")
        let alias = try KeyAlias(name)
        let hosts = try HostNames(request.hosts ?? []).names
        let kind = try request.kind.map { name throws(Refusal) in try KeyKind(named: name) }
        let token = try request.token.map { text throws(KeystoreError) in try TokenName(text) }
        guard request.version == nil || (kind == nil && token == nil) else {
            throw Refusal.malformed(
                "a version has its kind of key and its place",
                remedy: "leave out either the version, or the kind and the token"
            )
        }
        let (version, pem) = try await tenant.operateOnKeys(by: actor.description) { operations, transaction in
            let made =
                if let number = request.version {
                    try operations.requestAgain(
                        KeyVersionID(alias: alias, number: number),
                        subject: request.subject,
                        hosts: hosts
                    )
                } else {
                    try operations.request(
                        alias: alias,
                        kind: kind ?? .rsa3072,
                        subject: request.subject ?? Self.subject(of: alias, transaction),
                        hosts: hosts,
                        in: token
                    )
                }
            return (made.version, made.request.pem)
        }
        return CertificateRequestResource(
            alias: name,
            version: version.id.number,
            state: version.state.rawValue,
            pem: pem
        )
    }

    func attach(_ name: String, _ request: AttachCertificate, by actor: Actor) async throws -> KeyResource {
        try actor.require(.tenantAdministrator, in: tenant, to: "attach a certificate")
        let alias = try KeyAlias(name)
        let demands = try ImportDemands(fingerprint: request.fingerprint, alias: alias, tenant: tenant)
        let chain = try tenant.reading { () throws(CryptographyError) in
            try KeyFile([UInt8](request.certificates)).certificates()
        }
        let versions = try await tenant.operateOnKeys(by: actor.description) { operations, transaction in
            _ = try operations.attach(alias: alias, number: request.version, chain: chain, demands: demands)
            return try transaction.versions(of: alias)
        }
        guard let key = KeyResource(versions) else { throw KeystoreError.unknownAlias(alias) }
        return key
    }

    private static func subject(of alias: KeyAlias, _ transaction: any KeystoreTransaction) throws -> String {
        try transaction.versions(of: alias).first { $0.state == .active }?.certificate?.subject ?? "CN=\(alias)"
    }
}
