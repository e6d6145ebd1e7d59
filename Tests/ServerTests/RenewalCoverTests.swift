import Foundation
import Keystore
import ManagementAPI
import Server
import TestSupport
import Testing

@Suite("What a running renewal keeps from being done beside it")
struct RenewalCoverTests {
    @Test("An earlier version of its key is destroyed when it is over, not beside it")
    func destruction() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let api = world.api(.administrator)
            _ = try await api.addKeyVersion(.fresh("reply-sign"))
            _ = try await api.exchange("reply-sign", ExchangeKey(reason: "by hand"))
            let (masterKey, now) = (world.tenant.masterKey, world.clock.now)
            let old = try KeyVersionID(alias: KeyAlias("reply-sign"), number: 1)
            try await world.tenant.keystore.write { transaction in
                let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "test")
                _ = try keys.stopAccepting(old)
            }
            world.clock.advance(by: .seconds(91 * 86_400))
            let renewal = try await world.startRenewal(of: "reply-sign")
            let request = DestroyKey(version: 1, reason: "over")
            let refused = try await refusal { _ = try await api.destroy("reply-sign", request) }
            #expect(refused.code == "coveredByRenewal" && refused.detail.contains(renewal.id))
            _ = try await api.abort(renewal.id, GiveReason(reason: "not now"))
            #expect(try await !api.destroy("reply-sign", request).destroyed)
            #expect(try await world.api(.secondAdministrator).destroy("reply-sign", request).destroyed)
        }
    }

    @Test("A flow that its downtime stopped is neither deployed nor changed until the renewal does it")
    func downtime() async throws {
        try await World.run { world in
            let id = try await stopped(in: world)
            let developer = world.api(.developer)
            #expect(try await developer.flows().map(\.status) == ["undeployed"])
            for act in [
                { _ = try await developer.deployFlow("orders") },
                { _ = try await developer.putFlow("orders", yaml: signing(in: world)) },
            ] as [() async throws -> Void] {
                let refused = try await refusal(of: act)
                #expect(refused.code == "coveredByRenewal" && refused.detail.contains(id))
            }
            #expect(try await developer.flows().map(\.status) == ["undeployed"])
            _ = try await world.api(.administrator).abort(id, GiveReason(reason: "not now"))
            #expect(try await developer.deployFlow("orders").status == "deployed")
        }
    }

    /// The flow of the tests with requests that are signed for a receiver, which handles one key at a time.
    private func signing(in world: World) -> String {
        world.orders().replacing("timeout: 20\n  request: {}", with: "timeout: 20\n  request: {sign: order-sign}")
    }

    /// The name of a renewal whose downtime has begun: its flow is undeployed.
    private func stopped(in world: World) async throws -> String {
        try await world.deployOrders()
        let api = world.api(.administrator)
        _ = try await api.addKeyVersion(.fresh("order-sign"))
        _ = try await world.api(.developer).putFlow("orders", yaml: signing(in: world))
        _ = try await api.putPartner(PartnerResource(id: "receiver", keys: "single", role: "receiver"))
        let id = try await world.startRenewal(of: "order-sign").id
        let acts: [(String, Person)] = [
            ("createKeyPair", .administrator), ("provideCertificate", .administrator),
            ("agreeDowntime", .administrator), ("agreeDowntime", .receiverAdministrator), ("undeployFlow", .developer),
        ]
        for (kind, person) in acts {
            try await world.acknowledgeAll()
            try await world.claim(kind, of: id, by: person)
        }
        return id
    }
}
