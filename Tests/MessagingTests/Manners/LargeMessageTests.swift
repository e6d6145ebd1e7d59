import Cryptography
import Foundation
import Keystore
import Messaging
import NIOCore
import Testing
import WSSecurity

@Suite struct LargeMessageTests {
    private static let text = String(repeating: "<m:line xmlns:m='urn:m'>0123456789abcdef</m:line>", count: 8000)

    private static var configuration: RuntimeConfiguration {
        var configuration = RuntimeConfiguration()
        configuration.payloads.spoolThreshold = 100_000
        configuration.payloads.octetLimit = 2 << 20
        return configuration
    }

    /// Whether an envelope has the whole text in its Body, and nothing else.
    private static func holdsAll(_ envelope: [UInt8]) -> Bool {
        // The start tag of Body has the id that its signature named.
        let octets = Array((">" + text + "</s:Body></s:Envelope>").utf8)
        return envelope.count > octets.count && Array(envelope.suffix(octets.count)) == octets
    }

    /// A body as HTTP takes it in.
    private static func taken(_ octets: [UInt8], _ world: World, headers: [(String, String)]) throws -> Payload {
        var reader = try world.runtime.bodyReader(path: "/in/raw", headers: headers)
        try reader.read(.init(bytes: octets))
        return try reader.finish()
    }

    private static func send(_ octets: [UInt8], _ world: World) async throws -> InboundReply {
        let headers = [("Content-Type", "text/xml")]
        let reply = try await world.runtime.handle(
            path: "/in/raw",
            headers: headers,
            body: taken(octets, world, headers: headers)
        )
        reply.exchange?.end()
        return reply
    }

    @Test func `A large message is decrypted, verified, protected anew and answered from file to file`() async throws {
        let envelope = Fixtures.envelope(Self.text)
        try await World.run(configuration: Self.configuration) { world in
            try await RawReceiver.run { receiver in
                let flow = try PackageFixtures.flow(
                    url: receiver.url,
                    request: "sign: tenant-sign, encrypt: receiver-encrypt",
                    demands: "verify: [sender-sign], decrypt: [tenant-decrypt]"
                )
                try await world.runtime.deploy(flow)
                receiver.set(RawReceiver.Answer(body: envelope))
                let reply = try await Self.send(world.protected(envelope), world)
                #expect(reply.status == 200 && reply.payload.isSpooled)
                #expect(reply.body == envelope)
                let arrival = try #require(receiver.arrivals.first)
                let opened = try world.openAsReceiver(arrival.body)
                #expect(Self.holdsAll(opened.envelope))
                let alias = try KeyAlias("tenant-sign")
                #expect(try await world.runtime.keyUses(of: alias).map(\.tally.count) == [1])
            }
        }
    }

    @Test func `A large message that was changed is refused, and nothing of it is left`() async throws {
        let spool = FileManager.default.temporaryDirectory.appending(path: "spool-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: spool, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: spool) }
        var configuration = Self.configuration
        configuration.payloads.spoolFolder = spool.path
        try await World.run(configuration: configuration) { world in
            try await RawReceiver.run { receiver in
                let demands = "verify: [sender-sign]"
                try await world.runtime.deploy(PackageFixtures.flow(url: receiver.url, demands: demands))
                let message = try world.signed(Fixtures.envelope(Self.text))
                #expect(try await Self.send(message, world).status == 200)
                var changed = message
                let place = try #require(message.lastIndex(of: UInt8(ascii: "f")))
                changed[place] = UInt8(ascii: "e")
                let reply = try await Self.send(changed, world)
                #expect(reply.status == 500 && receiver.arrivals.count == 1)
                #expect(try SOAPEnvelope(reply.body).fault?.subcode?.name == "FailedCheck")
                #expect(try FileManager.default.contentsOfDirectory(atPath: spool.path).isEmpty)
            }
        }
    }

    @Test func `A large one-way message is stored and delivered`() async throws {
        let envelope = Fixtures.envelope(Self.text)
        try await World.run(configuration: Self.configuration) { world in
            try await RawReceiver.run { receiver in
                let flow = try PackageFixtures.flow(
                    url: receiver.url,
                    pattern: .oneWay,
                    demands: "verify: [sender-sign]"
                )
                try await world.runtime.deploy(flow)
                #expect(try await Self.send(world.signed(envelope), world).status == 202)
                try await world.until { receiver.arrivals.count == 1 }
                #expect(receiver.arrivals.first.map { Self.holdsAll($0.body) } == true)
            }
        }
    }

    @Test func `A limit that is passed gets 413 before or while the body arrives, from sender and receiver`()
        async throws
    {
        try await World.run(configuration: Self.configuration) { world in
            try await RawReceiver.run { receiver in
                try await world.runtime.deploy(PackageFixtures.flow(url: receiver.url, demands: "maximumSize: 1"))
                let flood = [UInt8](repeating: 0x20, count: 1 << 20 | 1)
                for headers in [
                    [("Content-Type", "text/xml")],
                    [("Content-Type", "text/xml"), ("Content-Length", "\(flood.count)")],
                ] {
                    do {
                        _ = try Self.taken(flood, world, headers: headers)
                        Issue.record("taken")
                    } catch let error as BodyError {
                        let reply = world.runtime.refuse(path: "/in/raw", headers: headers, error)
                        #expect(reply.status == 413)
                        #expect(try SOAPEnvelope(reply.body).fault?.code == .client)
                    }
                }
                #expect(world.log.causes.last?.contains("1048576 octets") == true)
                receiver.set(RawReceiver.Answer(body: [UInt8](repeating: 0x20, count: 2 << 20 | 1)))
                #expect(try await Self.send(Fixtures.order("one"), world).status == 503)
                #expect(world.log.reasons.last?.contains("more than 2097152 octets") == true)
            }
        }
    }

    @Test func `A flow that names parts within Body holds its messages, up to a limit of its own`() async throws {
        try await World.run(configuration: Self.configuration) { world in
            try await RawReceiver.run { receiver in
                let flow = try PackageFixtures.flow(
                    url: receiver.url,
                    request: #"sign: tenant-sign, signed: [body, "/Envelope/Body/{urn:m}line"]"#
                )
                try await world.runtime.deploy(flow)
                let envelope = Fixtures.envelope(
                    "<m:line xmlns:m='urn:m'>" + String(repeating: "a", count: 200_000) + "</m:line>"
                )
                #expect(try await Self.send(envelope, world).status == 200)
                #expect(receiver.arrivals.count == 1)
            }
        }
    }
}
