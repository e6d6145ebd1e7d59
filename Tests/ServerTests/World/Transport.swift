import AsyncHTTPClient
import Cryptography
import Foundation
import Keystore
import Messaging
import NIOSSL
import Server
import TestSupport
import WSSecurity

/// The TLS of a world's listeners, and the users that its flows may let in.
struct Transport: Sendable {
    var messages: TLSTerms?
    var management: TLSTerms?
    /// Passwords by the name of the credential, which is the user's too.
    var passwords: [String: String] = [:]
    /// How long a message may take to arrive.
    var arrivalBound: Duration = .seconds(60)

    func apply(to configuration: inout RuntimeConfiguration) {
        configuration.transport = messages.map { $0.clientCertificates == .none ? .tls : .clientCertificates } ?? .plain
        for (name, password) in passwords {
            configuration.credentials[name] = SharedKey(name: name, password: password)
        }
    }
}

/// A key pair with a certificate for this machine.
struct TLSPair: Sendable {
    let key: PrivateKey
    let certificate: Certificate

    init(_ name: String, _ kind: KeyKind = .p256, now: Date, days: Double = 30) throws {
        key = try PrivateKey.generate(kind)
        certificate = try Certificate.selfSigned(
            key: key,
            subject: "CN=\(name)",
            hosts: ["127.0.0.1", "localhost"],
            notBefore: now - 60,
            notAfter: now + days * 86_400
        )
    }
}

extension World {
    /// Imports a pair under `alias` as the tenant's, and exchanges to it.
    func use(_ pair: TLSPair, as alias: String) async throws {
        try await change { operations in
            let version = try operations.importPair(
                alias: KeyAlias(alias),
                key: pair.key,
                chain: [pair.certificate]
            )
            if version.state == .staged { _ = try operations.exchange(to: version.id) }
        }
    }

    /// Registers a certificate of a partner.
    func register(_ pair: TLSPair, as alias: String, of partner: String) async throws {
        try await change { operations in
            _ = try operations.importCertificate(
                alias: KeyAlias(alias),
                chain: [pair.certificate],
                partner: PartnerID(partner)
            )
        }
    }

    /// Stops accepting a version.
    func stopAccepting(_ alias: String, _ number: Int) async throws {
        try await change { operations in
            _ = try operations.stopAccepting(KeyVersionID(alias: KeyAlias(alias), number: number))
        }
    }

    private func change(_ body: @escaping @Sendable (KeyOperations) throws -> Void) async throws {
        let (masterKey, now) = (tenant.masterKey, clock.now)
        try await tenant.keystore.write { transaction in
            try body(KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test"))
        }
        try await tenant.keyring.refresh()
    }

    /// Runs `body` with a client that trusts `server` alone, and shows `identity` when it is asked.
    func withClient<Result: Sendable>(
        trusting server: TLSPair,
        as identity: TLSPair? = nil,
        adjust: (inout TLSConfiguration) -> Void = { _ in },
        _ body: (HTTPClient) async throws -> Result
    ) async throws -> Result {
        var tls = TLSConfiguration.makeClientConfiguration()
        tls.trustRoots = .certificates([try NIOSSLCertificate(bytes: server.certificate.der, format: .der)])
        if let identity {
            tls.certificateChain = [.certificate(try NIOSSLCertificate(bytes: identity.certificate.der, format: .der))]
            let octets = try identity.key.pkcs8().withUnsafeBytes { Array($0) }
            tls.privateKey = .privateKey(try NIOSSLPrivateKey(bytes: octets, format: .der))
        }
        adjust(&tls)
        var configuration = HTTPClient.Configuration(tlsConfiguration: tls, redirectConfiguration: .disallow)
        configuration.connectionPool.retryConnectionEstablishment = false
        let client = HTTPClient(configuration: configuration)
        do {
            let result = try await body(client)
            try await client.shutdown()
            return result
        } catch {
            try? await client.shutdown()
            throw error
        }
    }
}
