import Foundation
import Keystore
import Messaging
import TestSupport
import Testing
import WSSecurity

/// The probe of a flow, sent to a real receiver on loopback under a version that is only staged.
@Suite struct ProbeTests {
    private static func probe(expecting answer: String) -> String {
        """
          probe:
            action: urn:m:Ping
            body: <m:Ping xmlns:m="urn:m"/>
            expect: '\(answer)'
        """
    }

    /// Deploys a flow with a probe, and stages a version of `tenant-sign` that the keyring knows.
    private func stage(_ world: World, expecting answer: String = "{urn:m}Done") async throws -> ProbePermit {
        let plain = try Fixtures.flow(pattern: .requestReply, url: world.url).yaml
        let url = try #require(plain.split(separator: "\n").first { $0.contains("url:") })
        let yaml = plain.replacingOccurrences(of: url, with: "\(url)\n\(Self.probe(expecting: answer))")
        try await world.runtime.deploy(try IntegrationFlow(yaml: yaml))
        return ProbePermit(name: "probe-1", version: try await world.stage("tenant-sign"))
    }

    @Test func `A probe is protected with the staged version, and accepted by the agreed answer`() async throws {
        try await World.run { world in
            let permit = try await stage(world)
            let result = await world.runtime.probe(try world.flowID(), under: permit)
            #expect(result == .accepted(status: "answered with Done"))
            let arrival = try #require(world.receiver.arrivals.first)
            #expect(arrival.signer == world.keyring.snapshot.version(permit.version)?.certificate)
            #expect(arrival.body.contains("Ping"))
            #expect(arrival.messageID?.hasPrefix("urn:uuid:") == true)
            #expect(world.keyring.snapshot.version(permit.version)?.state == .staged)
        }
    }

    @Test(arguments: ["{urn:m}Pong", "{urn:other}Done"])
    func `An answer other than the agreed one shows nothing about the key`(expected: String) async throws {
        try await World.run { world in
            let permit = try await stage(world, expecting: expected)
            let result = await world.runtime.probe(try world.flowID(), under: permit)
            let name = expected.drop { $0 != "}" }.dropFirst()
            #expect(result == .inconclusive(status: "answered with Done instead of \(name)"))
        }
    }

    @Test func `Messages of senders go on with the active version while another one is probed`() async throws {
        try await World.run { world in
            let permit = try await stage(world)
            _ = await world.runtime.probe(try world.flowID(), under: permit)
            #expect(try await world.send("one").status == 200)
            let active = world.keyring.snapshot.versions(of: permit.version.alias).first { $0.state == .active }
            #expect(world.receiver.arrivals.last?.signer == active?.certificate)
        }
    }

    @Test func `A security fault refuses the key, any other fault or silence shows nothing about it`() async throws {
        try await World.run { world in
            let permit = try await stage(world)
            let flow = try world.flowID()
            world.receiver.set(.plainFault(SOAPFault.Subcode(namespace: Fixtures.wsse, name: "FailedCheck")))
            #expect(await world.runtime.probe(flow, under: permit) == .refused(status: "security fault FailedCheck"))
            for manner in [Receiver.Manner.plainFault(nil), .protectedFault, .status(503), .text("hello")] {
                world.receiver.set(manner)
                guard case .inconclusive = await world.runtime.probe(flow, under: permit) else {
                    Issue.record("\(manner) is no statement about a key")
                    continue
                }
            }
        }
    }

    @Test func `Without a staged version there is nothing to probe with: nothing leaves`() async throws {
        try await World.run { world in
            let permit = try await stage(world)
            try await world.giveUp(permit.version)
            guard case .inconclusive(let status) = await world.runtime.probe(try world.flowID(), under: permit) else {
                return #expect(Bool(false), "a retired version protected a message")
            }
            #expect(status.contains("only a staged version is tried out"))
            #expect(world.receiver.arrivals.isEmpty)
        }
    }

    @Test func `A permission that is older than the keyring knows is refused by the store`() async throws {
        try await World.run { world in
            let permit = try await stage(world)
            // The store has retired the version; the keyring has not heard of it.
            try await world.giveUp(permit.version, tellingKeyring: false)
            _ = await world.runtime.probe(try world.flowID(), under: permit)
            #expect(world.receiver.arrivals.isEmpty)
        }
    }

    @Test(arguments: [
        ("body: nothing", "is not one XML element"), ("expect: Done\n    body: <m:a xmlns:m=\"urn:m\"/>", "is `Done`"),
        ("body: <a/><b/>", "is not one XML element"), ("action: urn:a", "is missing"),
    ])
    func `A probe that could not be sent is refused with the flow`(probe: String, cause: String) throws {
        let plain = try Fixtures.flow(pattern: .requestReply, url: "http://127.0.0.1:9/orders").yaml
        let url = try #require(plain.split(separator: "\n").first { $0.contains("url:") })
        let yaml = plain.replacingOccurrences(of: url, with: "\(url)\n  probe:\n    \(probe)")
        let error = #expect(throws: FlowError.self) { try IntegrationFlow(yaml: yaml) }
        #expect(error?.cause.contains(cause) == true, "\(String(describing: error))")
    }
}
