import AsyncHTTPClient
import Cryptography
import Keystore
import ManagementAPI
import NIOCore
import NIOHTTP1
import Server
import TestSupport
import Testing

@Suite("Authorisation of senders")
struct SenderAuthorisationTests {
    private static func transport(
        _ clients: TLSTerms.ClientCertificates = .optional,
        passwords: [String: String] = [:]
    ) throws -> Transport {
        let terms = TLSTerms(alias: try KeyAlias("server-tls"), clientCertificates: clients)
        return Transport(messages: terms, passwords: passwords)
    }

    private static func flow(_ world: World, _ authorisation: String) -> String {
        world.orders().replacing("  soap:", with: "  authorisation: \(authorisation)\n  soap:")
    }

    private static func post(
        _ message: [UInt8],
        _ world: World,
        _ client: HTTPClient,
        authorization: String? = nil
    ) async throws -> (status: UInt, challenge: String?, body: String) {
        var request = HTTPClientRequest(url: world.messages + "/in/orders")
        request.method = .POST
        request.headers.add(name: "Content-Type", value: "text/xml; charset=utf-8")
        // What a proxy would say of a connection of its own: nobody may say it here.
        request.headers.add(name: "X-Forwarded-Proto", value: "https")
        request.headers.add(name: "X-Forwarded-For", value: "192.0.2.1")
        request.headers.add(name: "X-SSL-Client-Verify", value: "SUCCESS")
        if let authorization { request.headers.add(name: "Authorization", value: authorization) }
        request.body = .bytes(ByteBuffer(bytes: message))
        let response = try await client.execute(request, timeout: .seconds(20))
        let body = try await response.body.collect(upTo: 1 << 20)
        return (response.status.code, response.headers.first(name: "WWW-Authenticate"), String(buffer: body))
    }

    @Test("A flow lets in who shows a certificate that is registered for its partner, and nobody else")
    func certificates() async throws {
        try await World.run(transport: Self.transport()) { world in
            let now = world.clock.now
            let (server, own) = try (TLSPair("server", now: now), TLSPair("own", now: now))
            let (other, stranger) = try (TLSPair("other", now: now), TLSPair("stranger", now: now))
            try await world.use(server, as: "server-tls")
            try await world.register(own, as: "sender-tls", of: "sender")
            try await world.register(other, as: "receiver-tls", of: "receiver")
            let sender = try SigningSender(now: now)
            try await world.deployOrders(trusting: sender.certificate)
            let yaml = Self.flow(world, "{certificate: [sender-tls]}")
            _ = try await world.api(.developer).putFlow("orders", yaml: yaml)
            let answer = { (identity: TLSPair?, number: Int) in
                try await world.withClient(trusting: server, as: identity) { client in
                    try await Self.post(sender.request(number, now: now), world, client)
                }
            }
            #expect(try await answer(own, 1).status == 200)
            for identity in [nil, other, stranger] {
                let refused = try await answer(identity, 2)
                #expect(refused.status == 403 && refused.body.contains(":Fault>"))
                #expect(refused.body.contains("client certificate"))
            }
            let summary = try #require(try await world.api(.developer).messageSummary().first)
            #expect(summary.accepted == 1 && summary.refused == 3)
        }
    }

    @Test("A certificate that is no longer accepted shuts the door on a connection that stands")
    func withdrawnCertificate() async throws {
        try await World.run(transport: Self.transport()) { world in
            let now = world.clock.now
            let (server, own) = try (TLSPair("server", now: now), TLSPair("own", now: now, days: 1))
            try await world.use(server, as: "server-tls")
            try await world.register(own, as: "sender-tls", of: "sender")
            let sender = try SigningSender(now: now)
            try await world.deployOrders(trusting: sender.certificate)
            let yaml = Self.flow(world, "{certificate: [sender-tls]}")
            _ = try await world.api(.developer).putFlow("orders", yaml: yaml)
            try await world.withClient(trusting: server, as: own) { client in
                let before = try await Self.post(sender.request(1, now: now), world, client)
                #expect(before.status == 200)
                world.clock.advance(by: .seconds(2 * 86_400))
                let after = try await Self.post(sender.request(2, now: world.clock.now), world, client)
                #expect(after.status == 403)
            }
        }
    }

    @Test("User and password are taken over TLS, compared whole, and guessing is slowed down")
    func passwords() async throws {
        let transport = try Self.transport(.none, passwords: ["sender-http": "correct horse", "other": "battery"])
        try await World.run(transport: transport) { world in
            let now = world.clock.now
            let server = try TLSPair("server", now: now)
            try await world.use(server, as: "server-tls")
            let sender = try SigningSender(now: now)
            try await world.deployOrders(trusting: sender.certificate)
            _ = try await world.api(.developer).putFlow("orders", yaml: Self.flow(world, "{basic: [sender-http]}"))
            try await world.withClient(trusting: server) { client in
                let answer = { (credentials: String?, number: Int) in
                    try await Self.post(
                        sender.request(number, now: now),
                        world,
                        client,
                        authorization: credentials.map { "Basic " + Base64.encode(Array($0.utf8)) }
                    )
                }
                let asked = try await answer(nil, 1)
                #expect(asked.status == 401 && asked.challenge?.hasPrefix("Basic realm=") == true)
                #expect(asked.body.contains(":Fault>"))
                for wrong in [
                    "sender-http:correct hors", "sender-http:", "sender-http:correct horse ", "other:battery",
                    "Sender-HTTP:correct horse", ":correct horse", "sender-http",
                ] {
                    #expect(try await answer(wrong, 1).status == 401, "\(wrong)")
                }
                #expect(try await answer("sender-http:correct horse", 1).status == 200)
                for _ in 1...5 { _ = try await answer("sender-http:wrong", 2) }
                #expect(try await answer("sender-http:wrong", 2).status == 429)
                // Who was let in from there before is not locked out.
                #expect(try await answer("sender-http:correct horse", 2).status == 200)
                let basic = try await Self.post(sender.request(3, now: now), world, client, authorization: "Basic =")
                #expect([401, 429].contains(basic.status))
            }
        }
    }

    @Test("Flows that demand what the listener cannot find out are not deployed")
    func missingTransport() async throws {
        let plain = Transport(passwords: ["sender-http": "correct horse"])
        try await World.run(transport: plain) { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            for authorisation in ["{certificate: [sender-tls]}", "{basic: [sender-http]}"] {
                let yaml = Self.flow(world, authorisation)
                let refused = try await refusal { _ = try await world.api(.developer).putFlow("orders", yaml: yaml) }
                #expect(refused.code == "flowRefused")
                #expect(refused.remedy.contains("listen.messages.tls"))
            }
        }
    }

    @Test("Certificates of another partner, unknown credentials and two ways at once are refused at deployment")
    func refusedAtDeployment() async throws {
        try await World.run(transport: Self.transport()) { world in
            let now = world.clock.now
            let server = try TLSPair("server", now: now)
            try await world.use(server, as: "server-tls")
            try await world.register(TLSPair("other", now: now), as: "receiver-tls", of: "receiver")
            let sender = try SigningSender(now: now)
            try await world.deployOrders(trusting: sender.certificate)
            for authorisation in [
                "{certificate: [receiver-tls]}", "{certificate: [server-tls]}", "{basic: [nobody]}", "{}", "all",
                "{certificate: [sender-tls], basic: [nobody]}", "{certificates: [sender-tls]}",
            ] {
                let yaml = Self.flow(world, authorisation)
                let refused = try await refusal { _ = try await world.api(.developer).putFlow("orders", yaml: yaml) }
                #expect(refused.code == "flowRefused", "\(authorisation)")
            }
        }
    }
}
