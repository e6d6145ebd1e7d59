import Keystore
import Messaging
import Testing

@Suite struct PartnerTrustTests {
    @Test("a flow that verifies with another partner's key is not deployed") func foreignVerifyingKey() async throws {
        try await World.run { world in
            let flow = try Fixtures.flow(verify: "stranger-sign", url: world.url)
            let error = await #expect(throws: DeploymentError.self) { try await world.runtime.deploy(flow) }
            #expect(error?.description.contains("stranger-sign") == true)
            #expect(error?.description.contains("sender-two") == true)
            #expect(world.runtime.flow(flow.id) == nil)
        }
    }

    @Test("a flow that signs with a partner's key, or encrypts to another partner's, is not deployed")
    func otherForeignKeys() async throws {
        try await World.run { world in
            let sound = try Fixtures.flow(url: world.url)
            for (right, wrong) in [
                ("sign: tenant-sign", "sign: receiver-sign"), ("encrypt: receiver-encrypt", "encrypt: sender-encrypt"),
                ("encrypt: sender-encrypt", "encrypt: receiver-encrypt"),
                ("decrypt: [tenant-decrypt]", "decrypt: [sender-encrypt]"),
                ("verify: [receiver-sign]", "verify: [sender-sign]"),
            ] {
                let yaml = sound.yaml.replacing(right, with: wrong, maxReplacements: 1)
                let flow = try IntegrationFlow(yaml: yaml)
                await #expect(throws: DeploymentError.self, "\(wrong)") { try await world.runtime.deploy(flow) }
            }
            try await world.runtime.deploy(sound)
        }
    }

    @Test("a key that appears under a flow's alias after its deployment is trusted only when it is the partner's")
    func ownerAtEachMessage() async throws {
        try await World.run { world in
            try await world.runtime.deploy(Fixtures.flow(verify: "sender-later", url: world.url))
            try await world.addCertificate(world.keys.stranger, as: "sender-later", of: "sender-two")
            let reply = try await world.send(world.request("1", signedBy: world.keys.stranger))
            #expect(reply.status == 500)
            #expect(world.receiver.arrivals.isEmpty)
        }
    }

    @Test("a message signed by one partner is not accepted on the flow of another whose alias differs by a letter")
    func similarNames() async throws {
        try await World.run { world in
            try await world.addCertificate(world.keys.stranger, as: "sender-sign2", of: "sender-two")
            try await world.runtime.deploy(Fixtures.flow("one", url: world.url))
            let other = try Fixtures.flow("two", partner: "sender-two", verify: "sender-sign2", url: world.url)
            try await world.runtime.deploy(other)
            let foreign = try world.request("1", signedBy: world.keys.stranger)
            #expect(await world.send(foreign, to: "/in/one").status == 500)
            #expect(world.receiver.arrivals.isEmpty)
            #expect(await world.send(foreign, to: "/in/two").status == 200)
            let own = try world.request("2")
            #expect(await world.send(own, to: "/in/two").status == 500)
            #expect(await world.send(own, to: "/in/one").status == 200)
        }
    }
}
