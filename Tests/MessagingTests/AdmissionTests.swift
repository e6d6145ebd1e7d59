import Cryptography
import Foundation
import Keystore
import Messaging
import Testing

@Suite("Who is let in at a flow's door")
struct AdmissionTests {
    private static let configuration: RuntimeConfiguration = {
        var configuration = RuntimeConfiguration()
        configuration.transport = .clientCertificates
        return configuration
    }()

    private static func flow(_ world: World, _ alias: String = "sender-tls") throws -> IntegrationFlow {
        let yaml = try Fixtures.flow(url: world.url).yaml
        return try IntegrationFlow(
            yaml: yaml.replacing("  soap:", with: "  authorisation: {certificate: [\(alias)]}\n  soap:")
        )
    }

    private static func caller(_ pair: PartnerKeys.Pair) -> InboundCaller {
        InboundCaller(isTLS: true) { pair.certificate.der }
    }

    private static func status(
        of request: [UInt8],
        _ admission: Admission?,
        in world: World
    ) async -> Int {
        let headers = [("Content-Type", "text/xml; charset=utf-8"), ("SOAPAction", "\"urn:place\"")]
        let body = Payload(request)
        let reply = await world.runtime.handle(path: "/in/orders", headers: headers, body: body, admission: admission)
        reply.exchange?.end()
        return reply.status
    }

    @Test("A message is not taken without an admission, nor with one from before the flow demanded more")
    func changed() async throws {
        try await World.run(configuration: Self.configuration) { world in
            let (own, other) = try (PartnerKeys.Pair(.p256, "own"), PartnerKeys.Pair(.p256, "other"))
            try await world.addCertificate(own, as: "sender-tls", of: "sender-one")
            try await world.addCertificate(other, as: "sender-other", of: "sender-one")
            try await world.deploy()
            guard case .admitted(let open) = await world.runtime.admit(Self.caller(own), to: "/in/orders") else {
                Issue.record("refused where nothing is demanded")
                return
            }
            try await world.runtime.deploy(Self.flow(world))
            let request = try world.request("one")
            #expect(await Self.status(of: request, nil, in: world) == 503)
            #expect(await Self.status(of: request, open, in: world) == 503)
            guard case .admitted(let shown) = await world.runtime.admit(Self.caller(own), to: "/in/orders") else {
                Issue.record("refused with its certificate")
                return
            }
            #expect(await Self.status(of: request, shown, in: world) == 200)
            try await world.runtime.deploy(Self.flow(world, "sender-other"))
            #expect(await Self.status(of: try world.request("two"), shown, in: world) == 503)
            #expect(world.receiver.arrivals.count == 1)
        }
    }

    @Test("A certificate that appears under a flow's alias later opens its door only when it is the partner's")
    func foreign() async throws {
        try await World.run(configuration: Self.configuration) { world in
            try await world.runtime.deploy(Self.flow(world, "sender-later"))
            try await world.addCertificate(world.keys.stranger, as: "sender-later", of: "sender-two")
            let answer = await world.runtime.admit(Self.caller(world.keys.stranger), to: "/in/orders")
            guard case .refused(let reply) = answer else {
                Issue.record("another partner's certificate was let in")
                return
            }
            #expect(reply.status == 403)
        }
    }
}
