import AsyncHTTPClient
import Cryptography
import FoundationEssentials
import Keystore
import Logging
import ManagementAPI
import NIOCore
import NIOHTTP1
import NIOSSL
import TestSupport
import Testing

@testable import Server

@Suite("TLS of the listeners")
struct ListenerTLSTests {
    private static func transport(_ clients: TLSTerms.ClientCertificates = .none) throws -> Transport {
        Transport(messages: TLSTerms(alias: try KeyAlias("server-tls"), clientCertificates: clients))
    }

    /// A request that the listener answers with 405.
    private static func ask(_ world: World, by client: HTTPClient) async throws -> UInt {
        try await client.execute(HTTPClientRequest(url: world.messages), timeout: .seconds(20)).status.code
    }

    @Test(
        "A key of the keystore serves TLS 1.2 and 1.3 without leaving it",
        arguments: [KeyKind.rsa2048, .rsa3072, .p256, .p384]
    )
    func keys(kind: KeyKind) async throws {
        try await World.run(transport: Self.transport()) { world in
            let server = try TLSPair("server", kind, now: world.clock.now)
            try await world.use(server, as: "server-tls")
            for version in [TLSVersion.tlsv12, .tlsv13] {
                let status = try await world.withClient(trusting: server) { tls in
                    (tls.minimumTLSVersion, tls.maximumTLSVersion) = (version, version)
                } _: { client in
                    try await Self.ask(world, by: client)
                }
                #expect(status == 405)
            }
        }
    }

    @Test(
        "Keys that few clients know serve those that do, and the others get no connection",
        arguments: [KeyKind.p521, .ed25519]
    )
    func rareKeys(kind: KeyKind) async throws {
        try await World.run(transport: Self.transport()) { world in
            let server = try TLSPair("server", kind, now: world.clock.now)
            try await world.use(server, as: "server-tls")
            // Of TLS 1.2 a client must agree on keys over P-521 too, which this one does not.
            for version in kind == .p521 ? [TLSVersion.tlsv13] : [.tlsv12, .tlsv13] {
                let status = try await world.withClient(trusting: server) { tls in
                    (tls.minimumTLSVersion, tls.maximumTLSVersion) = (version, version)
                    tls.verifySignatureAlgorithms = [.ed25519, .ecdsaSecp521R1Sha512]
                } _: { client in
                    try await Self.ask(world, by: client)
                }
                #expect(status == 405)
            }
            await #expect(throws: (any Error).self) {
                try await world.withClient(trusting: server) { tls in
                    tls.verifySignatureAlgorithms = [.ecdsaSecp256R1Sha256, .rsaPssRsaeSha256]
                } _: { client in
                    try await Self.ask(world, by: client)
                }
            }
        }
    }

    @Test("TLS 1.1, and suites without forward secrecy, get no connection")
    func oldVersions() async throws {
        try await World.run(transport: Self.transport()) { world in
            let server = try TLSPair("server", .rsa2048, now: world.clock.now)
            try await world.use(server, as: "server-tls")
            await #expect(throws: (any Error).self) {
                try await world.withClient(trusting: server) { tls in
                    (tls.minimumTLSVersion, tls.maximumTLSVersion) = (.tlsv1, .tlsv11)
                } _: { client in
                    try await Self.ask(world, by: client)
                }
            }
            await #expect(throws: (any Error).self) {
                try await world.withClient(trusting: server) { tls in
                    tls.maximumTLSVersion = .tlsv12
                    tls.cipherSuites = "RSA+AESGCM"
                } _: { client in
                    try await Self.ask(world, by: client)
                }
            }
        }
    }

    @Test("After an exchange new connections see the new certificate, and one that stands goes on")
    func exchange() async throws {
        try await World.run(transport: Self.transport()) { world in
            let old = try TLSPair("old", now: world.clock.now)
            let new = try TLSPair("new", now: world.clock.now)
            try await world.use(old, as: "server-tls")
            try await world.withClient(trusting: old) { standing in
                #expect(try await Self.ask(world, by: standing) == 405)
                await #expect(throws: (any Error).self) {
                    try await world.withClient(trusting: new) { try await Self.ask(world, by: $0) }
                }
                try await world.use(new, as: "server-tls")
                #expect(try await world.withClient(trusting: new) { try await Self.ask(world, by: $0) } == 405)
                // It does not trust the new certificate, so this goes over the connection that stands.
                #expect(try await Self.ask(world, by: standing) == 405)
                await #expect(throws: (any Error).self) {
                    try await world.withClient(trusting: old) { try await Self.ask(world, by: $0) }
                }
            }
        }
    }

    @Test("Handshakes are counted by version, and the version that is shown cannot be stopped or destroyed")
    func counting() async throws {
        try await World.run(transport: Self.transport()) { world in
            let (old, new) = try (TLSPair("old", now: world.clock.now), TLSPair("new", now: world.clock.now))
            let ask = { (pair: TLSPair) in
                try await world.withClient(trusting: pair) { try await Self.ask(world, by: $0) }
            }
            try await world.use(old, as: "server-tls")
            for _ in 0..<2 { #expect(try await ask(old) == 405) }
            let administrator = world.api(.administrator)
            let shown = try await refusal {
                _ = try await administrator.destroy("server-tls", DestroyKey(version: 1, reason: "unused"))
            }
            #expect(shown.code == "transitionRefused", "\(shown)")
            await #expect(throws: KeystoreError.self) { try await world.stopAccepting("server-tls", 1) }
            try await world.use(new, as: "server-tls")
            #expect(try await ask(new) == 405)
            let metrics = try await world.metrics()
            let count = { (version: String) in
                metrics.value(
                    "rekey_tls_handshakes_total",
                    ["alias": "server-tls", "version": version, "end": "server"]
                )
            }
            #expect(count("1") == 2 && count("2") == 1)
            let last = metrics.value(
                "rekey_key_last_used_timestamp_seconds",
                ["alias": "server-tls", "version": "2"]
            )
            #expect(abs((last ?? 0) - world.clock.now.timeIntervalSince1970) < 1)
        }
    }

    @Test("A listener without its key makes no connection, and makes them when the key is there")
    func missingKey() async throws {
        try await World.run(transport: Self.transport()) { world in
            let server = try TLSPair("server", now: world.clock.now)
            await #expect(throws: (any Error).self) {
                try await world.withClient(trusting: server) { try await Self.ask(world, by: $0) }
            }
            try await world.use(server, as: "server-tls")
            #expect(try await world.withClient(trusting: server) { try await Self.ask(world, by: $0) } == 405)
        }
    }

    @Test("Where client certificates are required, one that is no partner's gets no connection")
    func requiredCertificate() async throws {
        try await World.run(transport: Self.transport(.required)) { world in
            let server = try TLSPair("server", now: world.clock.now)
            let (partner, stranger) = try (
                TLSPair("partner", now: world.clock.now, days: 1), TLSPair("stranger", now: world.clock.now)
            )
            try await world.use(server, as: "server-tls")
            try await world.register(partner, as: "sender-tls", of: "sender")
            let statusOf = { (identity: TLSPair?) in
                try await world.withClient(trusting: server, as: identity) { try await Self.ask(world, by: $0) }
            }
            #expect(try await statusOf(partner) == 405)
            for identity in [nil, stranger, server] {
                await #expect(throws: (any Error).self) { try await statusOf(identity) }
            }
            world.clock.advance(by: .seconds(2 * 86_400))
            await #expect(throws: (any Error).self, "expired") { try await statusOf(partner) }
        }
    }

    @Test("A partner's certificate that the keyring has not taken in yet is looked for in the store")
    func certificateOnDemand() async throws {
        let now = Date()
        let (server, partner, stranger) = try (
            TLSPair("server", now: now), TLSPair("partner", now: now), TLSPair("stranger", now: now)
        )
        try await World.run(now: now, documentReader: "test", transport: Self.transport(.required)) {
            store,
            masterKey in
            try await store.write { transaction in
                let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                let chain = [server.certificate]
                _ = try keys.importPair(alias: KeyAlias("server-tls"), key: server.key, chain: chain)
                for (alias, pair) in [("sender-tls", partner), ("other-tls", try TLSPair("other", now: now))] {
                    let (alias, sender) = (try KeyAlias(alias), try PartnerID("sender"))
                    _ = try keys.importCertificate(alias: alias, chain: [pair.certificate], partner: sender)
                }
            }
        } _: { world in
            let keyring = world.tenant.keyring
            try await keyring.take([KeyAlias("server-tls")])
            let statusOf = { (identity: TLSPair) in
                try await world.withClient(trusting: server, as: identity) { try await Self.ask(world, by: $0) }
            }
            await #expect(throws: (any Error).self) { try await statusOf(stranger) }
            #expect(try await statusOf(partner) == 405)
            #expect(keyring.snapshot.allAliases.map(\.rawValue) == ["sender-tls", "server-tls"] && !keyring.isWhole)
        }
    }

    @Test("The management API is served over TLS") func management() async throws {
        let transport = Transport(management: TLSTerms(alias: try KeyAlias("server-tls")))
        try await World.run(transport: transport) { world in
            let server = try TLSPair("server", now: world.clock.now)
            try await world.use(server, as: "server-tls")
            let keys = try await world.withClient(trusting: server) { client in
                try await ManagementClient(
                    server: world.management,
                    token: Person.administrator.token,
                    http: client
                )
                .keys()
            }
            #expect(keys.map(\.alias) == ["server-tls"])
        }
    }

    @Test("A listener lets go of a key that was replaced at once, and shows the next one")
    func replacedKey() async throws {
        try await World.run { world in
            let server = try TLSPair("server", now: world.clock.now)
            try await world.use(server, as: "server-tls")
            let listener = ListenerTLS(
                TLSTerms(alias: try KeyAlias("server-tls")),
                of: world.tenant,
                logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
            )
            #expect(!listener.holdsKey)
            _ = try listener.handlers()
            _ = try await world.api(.administrator).addKeyVersion(.fresh("server-tls"))
            #expect(listener.holdsKey, "nothing is replaced yet")
            _ = try await world.api(.administrator).exchange("server-tls", ExchangeKey(reason: "test"))
            #expect(!listener.holdsKey)
            _ = try listener.handlers()
            #expect(listener.holdsKey)
        }
    }
}
