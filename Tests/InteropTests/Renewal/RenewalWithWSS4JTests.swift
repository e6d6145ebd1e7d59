import AsyncHTTPClient
import Foundation
import ManagementAPI
import PartnerSystem
import Testing

@Suite(
    "Renewal with a receiver that is WSS4J",
    .tags(.foreign),
    .enabled(if: ForeignStack.isWanted, "\(ForeignStack.absence)")
)
struct RenewalWithWSS4JTests {
    @Test(
        "document 004, dual: the tenant's signing key is renewed under traffic and no order is refused or lost",
        .timeLimit(.minutes(3))
    )
    func tenantSignsOutboundRequest() async throws {
        try #require(ForeignStack.wss4j.isThere, "\(ForeignStack.absence)")
        let http = HTTPClient(configuration: ManagementClient.httpConfiguration)
        do {
            try await renew(in: Scene(http: http))
            try await http.shutdown()
        } catch {
            try? await http.shutdown()
            throw error
        }
    }

    private func renew(in scene: Scene) async throws {
        defer { scene.close() }
        try await scene.wait(forMore: 10)
        let renewal = try await RenewalWalk(scene).run(throughStep: "removeOld")
        try await scene.wait(forMore: 10)
        let old = try await scene.administrator.certificate(of: Scene.signing, version: 1).fingerprint
        let version = try #require(renewal.newVersion)
        let new = try await scene.administrator.certificate(of: Scene.signing, version: version).fingerprint
        let sent = try await scene.sender.setSending(false).counters
        let received = try await scene.receiver.received()
        #expect(renewal.tracks.map(\.useCase) == ["TenantSignsOutboundRequest"])
        #expect(renewal.tracks.map(\.variant) == ["dual"])
        let losses = try await scene.sender.messages().filter { $0.state == .failed }.compactMap(\.detail)
        #expect(losses == [])
        #expect(sent.refused == 0)
        #expect(sent.answered == sent.sent)
        #expect(received.count == sent.sent)
        #expect(received.allSatisfy { $0.count == 1 })
        #expect(Set(received.map(\.signer)) == [old, new])
        #expect(received.last?.signer == new)
        let refused = try await scene.receiver.refused()
        #expect(refused == [])
        print(
            "renewal with WSS4J: \(sent.sent) orders sent, \(sent.answered) answered, \(count(received, old)) signed with the old key, "
                + "\(count(received, new)) with the new, \(losses.count) lost"
        )
    }

    private func count(_ orders: [WSS4JReceiver.Order], _ signer: String) -> Int {
        orders.count { $0.signer == signer }
    }
}
