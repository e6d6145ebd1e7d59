import Cryptography
import Keystore
import Messaging
import TestSupport
import Testing

@Suite struct ReceiverTLSTests {
    private static func serverPair(_ hosts: String...) throws -> PartnerKeys.Pair {
        try PartnerKeys.Pair("receiver", hosts: hosts)
    }

    @Test func `A receiver whose certificate is registered is reached, others are not, and the log says why`()
        async throws
    {
        try await World.run { world in
            let (own, other) = try (Self.serverPair("127.0.0.1"), Self.serverPair("127.0.0.1"))
            try await world.addCertificate(own, as: "receiver-tls", of: "receiver-one")
            try await world.withTLSReceiver(own) { receiver in
                try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: "{trust: [receiver-tls]}"))
                #expect(try await world.send("one").status == 200)
                // The system's roots know nothing of it.
                try await world.runtime.deploy(Fixtures.flow(url: receiver.url))
                #expect(try await world.send("two").status == 503)
            }
            try await world.withTLSReceiver(other) { receiver in
                try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: "{trust: [receiver-tls]}"))
                #expect(try await world.send("three").status == 503)
            }
            #expect(world.receiver.arrivals.count == 1)
            let reasons = world.log.values.filter { $0.contains("TLS with the receiver failed") }
            #expect(reasons.count == 2)
            #expect(reasons.allSatisfy { $0.contains("certificate verify failed") }, "\(reasons)")
        }
    }

    @Test(arguments: [KeyKind.p384, .p521, .ed25519, .rsa3072])
    func `A receiver may have a key of any kind that signs`(kind: KeyKind) async throws {
        try await World.run { world in
            let own = try PartnerKeys.Pair("receiver", hosts: ["127.0.0.1"], kind: kind)
            try await world.addCertificate(own, as: "receiver-tls", of: "receiver-one")
            try await world.withTLSReceiver(own) { receiver in
                try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: "{trust: [receiver-tls]}"))
                #expect(try await world.send("one").status == 200)
            }
        }
    }

    @Test func `With its issuers registered a receiver is trusted, and so is the next certificate that they issue`()
        async throws
    {
        try await World.run { world in
            let chain = try ["leaf", "intermediate", "root"].map(Self.issued)
            let keystore: any KeystoreStore = world.store
            let (masterKey, now) = (world.masterKey, world.clock.now)
            try await keystore.write { transaction in
                let operations = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                for (alias, chain) in [("receiver-tls", chain), ("leaf-tls", [chain[0]])] {
                    _ = try operations.importCertificate(
                        alias: KeyAlias(alias),
                        chain: chain,
                        partner: PartnerID("receiver-one")
                    )
                }
            }
            try await world.keyring.refresh()
            for (name, isComplete) in [("leaf", true), ("leaf", false), ("next", true), ("next", false)] {
                let key = try PrivateKey(pem: Self.text(name + ".key.pem"))
                let pair = PartnerKeys.Pair(key: key, certificate: try Self.issued(name))
                try await world.withTLSReceiver(pair, issuers: isComplete ? [chain[1]] : []) { receiver in
                    try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: "{trust: [receiver-tls]}"))
                    #expect(try await world.send("\(name)-\(isComplete)").status == 200)
                    // Without its issuers nothing leads from an issued certificate to a root.
                    try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: "{trust: [leaf-tls]}"))
                    #expect(try await world.send("\(name)-\(isComplete)-alone").status == 503)
                }
            }
            #expect(world.receiver.arrivals.count == 4)
        }
    }

    private static func text(_ name: String) throws -> String {
        try String(decoding: Vectors.octets("tls/" + name), as: UTF8.self)
    }

    private static func issued(_ name: String) throws -> Certificate {
        try Certificate(pem: text(name + ".crt.pem"))
    }

    @Test func `Before and after a receiver's exchange its self-signed certificate is trusted, whose subject stays`()
        async throws
    {
        try await World.run { world in
            let pairs = try (0..<4).map { _ in try Self.serverPair("127.0.0.1") }
            for pair in pairs { try await world.addCertificate(pair, as: "receiver-tls", of: "receiver-one") }
            for (number, pair) in pairs.enumerated() {
                try await world.withTLSReceiver(pair) { receiver in
                    try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: "{trust: [receiver-tls]}"))
                    #expect(try await world.send("\(number)").status == 200)
                }
            }
        }
    }

    @Test func `A trusted certificate for another host is not accepted`() async throws {
        try await World.run { world in
            let pair = try Self.serverPair("receiver.example", "127.0.0.2")
            try await world.addCertificate(pair, as: "receiver-tls", of: "receiver-one")
            try await world.withTLSReceiver(pair) { receiver in
                for url in [receiver.url, receiver.url.replacing("127.0.0.1", with: "localhost")] {
                    try await world.runtime.deploy(Fixtures.flow(url: url, tls: "{trust: [receiver-tls]}"))
                    #expect(try await world.send(url).status == 503)
                }
                #expect(world.receiver.arrivals.isEmpty)
                #expect(world.log.values.contains { $0.contains("TLS with the receiver failed") })
            }
        }
    }

    @Test func `A host's name is verified by name, whatever address it has`() async throws {
        try await World.run { world in
            let pair = try Self.serverPair("localhost")
            try await world.addCertificate(pair, as: "receiver-tls", of: "receiver-one")
            try await world.withTLSReceiver(pair) { receiver in
                let url = receiver.url.replacing("127.0.0.1", with: "localhost")
                try await world.runtime.deploy(Fixtures.flow(url: url, tls: "{trust: [receiver-tls]}"))
                #expect(try await world.send("one").status == 200)
            }
        }
    }

    @Test(arguments: [KeyKind.p256, .rsa2048])
    func `The client certificate of the alias is shown, and the next one after an exchange`(kind: KeyKind) async throws
    {
        try await World.run { world in
            let pair = try Self.serverPair("127.0.0.1")
            let first = try PartnerKeys.Pair("first", hosts: [], kind: kind)
            let second = try PartnerKeys.Pair("second", hosts: [], kind: kind)
            try await world.addCertificate(pair, as: "receiver-tls", of: "receiver-one")
            try await world.use(first, as: "client-tls")
            try await world.withTLSReceiver(pair, asksClients: true) { receiver in
                try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: "{trust: [receiver-tls]}"))
                #expect(try await world.send("zero").status == 503)
                #expect(receiver.shown().isEmpty)
                let tls = "{trust: [receiver-tls], certificate: client-tls}"
                try await world.runtime.deploy(Fixtures.flow(url: receiver.url, tls: tls))
                for id in ["one", "two"] { #expect(try await world.send(id).status == 200) }
                #expect(Set(receiver.shown()) == [first.certificate])
                try await world.use(second, as: "client-tls")
                for id in ["three", "four"] { #expect(try await world.send(id).status == 200) }
                #expect(receiver.shown().last == second.certificate)
            }
        }
    }

    @Test func `A one-way message waits while TLS fails, with the reason, and is delivered when it is mended`()
        async throws
    {
        try await World.run { world in
            let pair = try Self.serverPair("127.0.0.1")
            try await world.withTLSReceiver(pair) { receiver in
                world.receiver.set(.take)
                let flow = try Fixtures.flow(pattern: .oneWay, url: receiver.url, tls: "{trust: [receiver-tls]}")
                try await world.runtime.deploy(flow)
                #expect(try await world.send("one").status == 202)
                var waiting = try await world.messages()
                for _ in 1...10_000 where waiting.first?.reason == nil { waiting = try await world.messages() }
                #expect(waiting.first?.reason?.contains("no certificate of receiver-one is accepted") == true)
                try await world.addCertificate(pair, as: "receiver-tls", of: "receiver-one")
                world.clock.advance(by: .seconds(10))
                #expect(await world.receiver.next()?.body.contains("one") == true)
            }
        }
    }

    @Test func `Keys of others, and TLS without https, are refused at deployment`() async throws {
        try await World.run { world in
            let url = "https://127.0.0.1:1/orders"
            for tls in ["{trust: [sender-sign]}", "{trust: [tenant-sign]}", "{certificate: receiver-sign}"] {
                let flow = try Fixtures.flow(url: url, tls: tls)
                await #expect(throws: DeploymentError.self, "\(tls)") { try await world.runtime.deploy(flow) }
            }
            try await world.runtime.deploy(
                Fixtures.flow(url: url, tls: "{trust: [receiver-sign], certificate: tenant-sign}")
            )
            let (trusted, own) = (try KeyAlias("receiver-sign"), try KeyAlias("tenant-sign"))
            #expect(world.runtime.transportUses(of: trusted).map(\.purpose) == [.tlsTrust])
            #expect(world.runtime.transportUses(of: own).map(\.purpose) == [.tlsClient])
            let (partner, nobody) = (try PartnerID("receiver-one"), try PartnerID("nobody"))
            #expect(world.runtime.aliases(with: partner).contains(trusted))
            #expect(world.runtime.aliases(with: nobody).isEmpty)
            #expect(throws: FlowError.self) { try Fixtures.flow(url: world.url, tls: "{trust: [receiver-sign]}") }
            #expect(throws: FlowError.self) { try Fixtures.flow(url: url, tls: #"{minimumVersion: "1.1"}"#) }
            #expect(throws: FlowError.self) { try Fixtures.flow(url: url, tls: "{verify: false}") }
        }
    }
}
