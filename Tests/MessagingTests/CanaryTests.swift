import Foundation
import Keystore
import Messaging
import TestSupport
import Testing
import WSSecurity

/// Shares of real messages under a staged version, to a real receiver on loopback.
@Suite struct CanaryTests {
    private func begin(_ world: World, permille: Int, pattern: FlowPattern = .requestReply) async throws -> CanaryTerms
    {
        try await world.deploy(pattern: pattern)
        let version = try await world.stage("tenant-sign")
        let permit = ProbePermit(name: "canary-1", version: version)
        let terms = CanaryTerms(flow: try world.flowID(), permit: permit, permille: permille)
        world.runtime.setCanaries([terms], of: version.alias)
        return terms
    }

    /// Which of the messages that arrived bore the version on trial.
    private func canaries(_ world: World, _ terms: CanaryTerms) -> [Bool] {
        let certificate = world.keyring.snapshot.version(terms.permit.version)?.certificate
        return world.receiver.arrivals.map { $0.signer == certificate }
    }

    @Test func `The first message of a share is a canary, and then every one that the share says`() async throws {
        try await World.run { world in
            let terms = try await begin(world, permille: 100)
            for number in 0..<21 { #expect(try await world.send("m\(number)").status == 200) }
            let places = canaries(world, terms).enumerated().filter(\.element).map(\.offset)
            #expect(places == [0, 10, 20])
        }
    }

    @Test func `A canary that is refused goes out again under the active key, and no other one follows`() async throws {
        try await World.run { world in
            let terms = try await begin(world, permille: 1000)
            world.receiver.distrust(world.keyring.snapshot.version(terms.permit.version)?.certificate)
            for number in 0..<5 { #expect(try await world.send("m\(number)").status == 200) }
            #expect(world.receiver.arrivals.count == 6)
            #expect(world.receiver.refused == 1)
            let uses = try await world.runtime.keyUses(of: terms.permit.version.alias)
            let failed = uses.filter { $0.account.outcome == .failed }
            #expect(failed.map(\.account.version) == [terms.permit.version])
            #expect(failed.first?.tally.count == 1)
            // The same terms are set again by the next tick; they stay suspended.
            world.runtime.setCanaries([terms], of: terms.permit.version.alias)
            #expect(try await world.send("last").status == 200)
            #expect(world.receiver.refused == 1)
        }
    }

    @Test func `A stored message that was refused as a canary is delivered at once, under the same wsa:MessageID`()
        async throws
    {
        try await World.run { world in
            let terms = try await begin(world, permille: 1000, pattern: .oneWay)
            world.receiver.set(.take)
            world.receiver.distrust(world.keyring.snapshot.version(terms.permit.version)?.certificate)
            #expect(try await world.send("one").status == 202)
            try await world.wait { $0.first?.state == .completed }
            #expect(try await world.messages().first?.attempts == 1)
            #expect(world.receiver.arrivals.last?.messageID == "urn:one")
            #expect(world.receiver.refused == 1)
        }
    }

    @Test(arguments: [
        (Receiver.Manner.plainFault(nil), 500), (.protectedFault, 500), (.status(503), 503), (.text("?"), 503),
    ])
    func `An answer that says nothing about protection is not followed by sending again`(
        manner: Receiver.Manner,
        status: Int
    ) async throws {
        try await World.run { world in
            _ = try await begin(world, permille: 1000)
            world.receiver.set(manner)
            #expect(try await world.send("one").status == status)
            #expect(world.receiver.arrivals.count == 1)
        }
    }

    @Test func `When the version on trial is given up, messages go on under the active one`() async throws {
        try await World.run { world in
            let terms = try await begin(world, permille: 1000)
            try await world.giveUp(terms.permit.version)
            #expect(try await world.send("one").status == 200)
            #expect(canaries(world, terms) == [false])
        }
    }
}
