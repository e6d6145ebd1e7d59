import Cryptography
import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("A version that was staged before, such as one with an authority's certificate, is taken as the new one")
struct StagedVersionTests {
    private func world() async throws -> World {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let (alias, masterKey, now) = (world.alias, world.masterKey, world.clock.now)
        try await world.store.write { (transaction: any KeystoreTransaction) in
            let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "tina")
            _ = try keys.create(alias: alias, kind: .p384, subject: "CN=orders", validity: .seconds(365 * 86_400))
        }
        return world
    }

    @Test("The review names it, the step takes it, and the renewal ends with it")
    func taken() async throws {
        let world = try await world()
        let staged = try #require(try await world.versions().last)
        let concerns = try #require(try await world.preview(PlanChoices()).review?.concerns)
        #expect(concerns.contains { $0.kind == .stagedVersion && $0.remedy.contains("--version 2") })
        try await world.begin()
        try await world.claim("1-create-key-pair", People.tina, StepInput(version: 2))
        let view = try await world.show()
        #expect(view.newVersion == staged.id && view.status == .running)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        let versions = try await world.versions()
        #expect(versions.map(\.state) == [.destroyed, .active])
        #expect(versions.last?.certificate == staged.certificate)
        try await Invariants.check(world)
    }

    @Test("Without being named it is left alone, and a key pair is created")
    func left() async throws {
        let world = try await world()
        try await world.begin()
        try await world.claim("1-create-key-pair", People.tina)
        #expect(try await world.show().newVersion?.number == 3)
        #expect(try await world.versions().map(\.state) == [.active, .staged, .staged])
    }

    @Test("What is not staged, not there, or has expired is refused, with what to name instead", arguments: [1, 2, 9])
    func refused(number: Int) async throws {
        let world = try await world()
        try await world.begin()
        if number == 2 { world.clock.advance(by: .seconds(400 * 86_400)) }
        let refusal = await #expect(throws: RenewalRefusal.self) {
            try await world.claim("1-create-key-pair", People.tina, StepInput(version: number))
        }
        #expect(refusal?.code == .badInput && refusal?.remedy.contains("rekey key show sign-receiver") == true)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
    }

    @Test(
        "Beside a version neither a kind of key nor a token is taken: nothing that was said is left out",
        arguments: [StepInput(keyKind: "p-256", version: 2), StepInput(version: 2, keyToken: "hsm")]
    )
    func either(input: StepInput) async throws {
        let world = try await world()
        try await world.begin()
        let refusal = await #expect(throws: RenewalRefusal.self) {
            try await world.claim("1-create-key-pair", People.tina, input)
        }
        #expect(refusal?.code == .badInput && refusal?.remedy.contains("--key-kind") == true)
        #expect(try await world.show().newVersion == nil)
        #expect(try await world.versions().map(\.state) == [.active, .staged])
    }

    @Test(
        "When the renewal is given up it stays staged; a key pair that the renewal created does not",
        arguments: [2, nil]
    )
    func abort(number: Int?) async throws {
        let world = try await world()
        try await world.begin()
        try await world.claim("1-create-key-pair", People.tina, StepInput(version: number))
        _ = try await world.engine.abort(world.id, by: People.tina, reason: "The authority revoked it.")
        let states = try await world.versions().map(\.state)
        #expect(states == (number == nil ? [.active, .staged, .retired] : [.active, .staged]))
    }
}
