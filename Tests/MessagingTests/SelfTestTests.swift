import Foundation
import Keystore
import Messaging
import StoreSQLite
import TestSupport
import Testing
import WSSecurity

/// The endpoint at which a sender's own stack tries a new key out.
@Suite struct SelfTestTests {
    private static let path = "/in/orders/self-test"

    /// Deploys a flow with a self-test and offers one of a staged version of `alias`.
    private func offer(_ world: World, _ alias: String = "tenant-reply-sign") async throws -> SelfTestOffer {
        let plain = try Fixtures.flow(pattern: .requestReply, url: world.url).yaml
        let yaml = plain.replacingOccurrences(of: "sender:\n", with: "sender:\n  selfTest: true\n")
        try await world.runtime.deploy(try IntegrationFlow(yaml: yaml))
        let version = try await world.stage(alias)
        let offer = SelfTestOffer(flow: try world.flowID(), permit: ProbePermit(name: "test-1", version: version))
        #expect(world.runtime.offerSelfTests([offer], of: version.alias).isEmpty)
        return offer
    }

    private func begin(_ world: World) async throws -> InboundReply {
        await world.send(try world.protect(message("Begin")), to: Self.path)
    }

    private func comeBack(_ world: World, _ nonce: String) async throws -> InboundReply {
        await world.send(try world.protect(message("Return", nonce)), to: Self.path)
    }

    private func message(_ name: String, _ text: String = "") -> [UInt8] {
        Fixtures.envelope("<t:\(name) xmlns:t='urn:rekey:self-test'>\(text)</t:\(name)>")
    }

    private func nonce(_ world: World, _ reply: InboundReply) throws -> String {
        let body = String(decoding: try world.open(reply).body, as: UTF8.self)
        let start = try #require(body.firstIndex(of: ">"))
        return String(body[body.index(after: start)...].prefix { $0 != "<" })
    }

    @Test func `The nonce comes under the staged version, inside the encrypted Body, and its return is the proof`()
        async throws
    {
        try await World.run { world in
            let offer = try await offer(world)
            let reply = try await begin(world)
            #expect(reply.status == 200)
            let opened = try world.open(reply)
            #expect(
                opened.signatures.first?.certificate
                    == world.keyring.snapshot.version(offer.permit.version)?.certificate
            )
            #expect(!opened.decryptions.isEmpty)
            let nonce = try nonce(world, reply)
            #expect(!String(decoding: reply.body, as: UTF8.self).contains(nonce))
            #expect(world.runtime.offerSelfTests([offer], of: offer.permit.version.alias).isEmpty)
            #expect(try await comeBack(world, nonce).status == 200)
            #expect(world.runtime.offerSelfTests([offer], of: offer.permit.version.alias) == [offer])
            #expect(world.receiver.arrivals.isEmpty)
        }
    }

    @Test func `A nonce counts once, in time, and only one that was given`() async throws {
        try await World.run { world in
            _ = try await offer(world)
            #expect(try await comeBack(world, String(repeating: "0", count: 64)).status == 500)
            let first = try nonce(world, try await begin(world))
            #expect(try await comeBack(world, first).status == 200)
            #expect(try await comeBack(world, first).status == 500)
            let late = try nonce(world, try await begin(world))
            world.clock.advance(by: .seconds(301))
            #expect(try await comeBack(world, late).status == 500)
        }
    }

    @Test func `A stranger cannot begin, and nobody can return another's nonce unsigned`() async throws {
        try await World.run { world in
            let offer = try await offer(world)
            let stranger = try world.protect(message("Begin"), signedBy: world.keys.stranger)
            #expect(await world.send(stranger, to: Self.path).status == 500)
            let nonce = try nonce(world, try await begin(world))
            #expect(await world.send(message("Return", nonce), to: Self.path).status == 500)
            let signed = try world.protect(message("Return", nonce), signedBy: world.keys.stranger)
            #expect(await world.send(signed, to: Self.path).status == 500)
            #expect(world.runtime.offerSelfTests([offer], of: offer.permit.version.alias).isEmpty)
        }
    }

    @Test func `Orders are not taken there, and nothing is on offer without a renewal or without the setting`()
        async throws
    {
        try await World.run { world in
            let offer = try await offer(world)
            #expect(try await world.send("one", to: Self.path).status == 500)
            #expect(world.receiver.arrivals.isEmpty)
            _ = world.runtime.offerSelfTests([], of: offer.permit.version.alias)
            #expect(try await begin(world).status == 500)
            try await world.deploy()
            #expect(try await begin(world).status == 404)
        }
    }

    @Test func `A self-test is no arrival of the flow`() async throws {
        try await World.run { world in
            _ = try await offer(world)
            _ = try await begin(world)
            try await world.runtime.flushLedger()
            let events = try await world.store.read { (transaction: any MessagingTransaction) in
                try transaction.flowEvents()
            }
            #expect(!events.keys.contains { $0.event == .arrived })
        }
    }

    @Test func `A flow whose nonces anybody could return, or read, has no self-test`() throws {
        let plain = try Fixtures.flow(pattern: .requestReply, url: "http://127.0.0.1:9/orders").yaml
        let oneWay = try Fixtures.flow(pattern: .oneWay, url: "http://127.0.0.1:9/orders").yaml
        let tested = oneWay.replacingOccurrences(of: "sender:\n", with: "sender:\n  selfTest: true\n")
        #expect(throws: FlowError.self) { try IntegrationFlow(yaml: tested) }
        #expect(throws: Never.self) {
            try IntegrationFlow(yaml: plain.replacingOccurrences(of: "sender:\n", with: "sender:\n  selfTest: true\n"))
        }
    }
}
