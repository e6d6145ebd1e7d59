import Messaging
import Testing

@Suite struct ReceiverAddressTests {
    @Test("a flow to a private address is not deployed, and the refusal says what would mend it")
    func refusedAtDeployment() async throws {
        try await World.run { world in
            for url in ["http://10.0.0.1/orders", "http://169.254.169.254/latest/meta-data"] {
                let flow = try Fixtures.flow(url: url)
                let error = await #expect(throws: DeploymentError.self) { try await world.runtime.deploy(flow) }
                #expect(error?.mend.contains("receivers.networks") == true)
                #expect(world.runtime.flow(flow.id) == nil)
            }
        }
    }

    @Test("a flow whose receiver has a name that leads to this machine is not deployed")
    func nameRefusedAtDeployment() async throws {
        var configuration = RuntimeConfiguration()
        configuration.receivers.networks = ["192.168.0.0/16"].compactMap(IPNetwork.init)
        try await World.run(configuration: configuration) { world in
            let flow = try Fixtures.flow(url: "http://localhost:1/orders")
            await #expect(throws: DeploymentError.self) { try await world.runtime.deploy(flow) }
        }
    }

    @Test("a name that leads to a forbidden address after deployment gets a connection that nothing is written to")
    func rebinding() async throws {
        // The rules at deployment allow this machine, those of the connections do not: as when the name was changed since.
        try await World.run(connecting: ReceiverRules()) { world in
            let url = world.url.replacing("127.0.0.1", with: "localhost")
            try await world.runtime.deploy(Fixtures.flow(url: url))
            for number in 1...3 {
                let reply = try await world.send("\(number)")
                #expect(reply.status == 503)
            }
            #expect(world.receiver.arrivals.isEmpty)
            #expect(world.log.values.contains { $0.contains("not public") })
        }
    }
}
