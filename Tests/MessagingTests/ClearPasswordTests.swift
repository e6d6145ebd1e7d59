import Messaging
import Testing
import WSSecurity

@Suite("Passwords that arrive as text")
struct ClearPasswordTests {
    private static func flow(_ token: String, more: String = "") throws -> IntegrationFlow {
        try IntegrationFlow(
            yaml: """
                id: orders
                pattern: requestReply
                sender:
                  partner: sender-one
                  path: /in/orders
                  request: {verify: [sender-sign]\(more), usernameToken: {credentials: [user]\(token)}}
                  response: {}
                receiver: {partner: receiver-one, url: "http://127.0.0.1:1/", request: {}, response: {}}
                """
        )
    }

    private static func check(_ flow: IntegrationFlow, on transport: ListenerTransport) throws {
        try flow.checkAuthorisation(on: transport)
    }

    @Test(
        "A flow that takes them is deployed where TLS or the message hides them, or where it says that something else does"
    )
    func deployment() throws {
        let clear = try Self.flow(", password: text")
        #expect(throws: DeploymentError.clearPasswords(clear.id)) { try Self.check(clear, on: .plain) }
        try Self.check(clear, on: .tls)
        try Self.check(Self.flow(", password: text, withoutTLS: true"), on: .plain)
        try Self.check(Self.flow(""), on: .plain)
        let hidden = ", decrypt: [tenant-decrypt], encrypted: [body, usernameToken]"
        try Self.check(Self.flow(", password: text", more: hidden), on: .plain)
        let besides = ", decrypt: [tenant-decrypt], encrypted: [body]"
        #expect(throws: DeploymentError.self) {
            try Self.check(Self.flow(", password: text", more: besides), on: .plain)
        }
        #expect(throws: FlowError.self) { try Self.flow(", withoutTLS: true") }
    }

    @Test("A sender without TLS is turned away before its message is read, with the reason", arguments: [true, false])
    func door(isTLS: Bool) async throws {
        var configuration = RuntimeConfiguration()
        configuration.transport = .tls
        configuration.credentials = ["user": SharedKey(name: "USER", password: "not quite secret")]
        try await World.run(configuration: configuration) { world in
            try await world.runtime.deploy(Self.flow(", password: text"))
            let answer = await world.runtime.admit(InboundCaller(isTLS: isTLS), to: "/in/orders")
            switch answer {
            case .admitted(let admission): #expect(isTLS && admission != nil)
            case .refused(let reply):
                #expect(!isTLS && reply.status == 403)
                #expect(String(decoding: reply.body, as: UTF8.self).contains("passwords as text over TLS alone"))
            }
            // Nor without having come by the door.
            let message = try world.signed(Fixtures.order("one"))
            #expect(await world.send(message).status == 503)
        }
    }
}
