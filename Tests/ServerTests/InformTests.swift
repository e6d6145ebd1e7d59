import Foundation
import ManagementAPI
import Renewal
import Server
import TestSupport
import Testing

@Suite("Informs over the management API")
struct InformTests {
    @Test("An inform that was given up is sent again when an administrator says so, and that is audited")
    func retry() async throws {
        try await World.run { world in
            let id = try await undeliverable(in: world)
            let api = world.api(.administrator)
            #expect(try await world.api(.developer).informs(state: "undeliverable").map(\.id) == [id])
            let again = try await api.retryInform(id)
            #expect(again.state == "waiting" && again.attempts == 1 && again.endedAt == nil)
            #expect(try await api.informs(state: "undeliverable").isEmpty)
            let now = world.clock.now
            let due = try await world.tenant.renewalStore.read { try $0.dueDeliveries(at: now, limit: 10) }
            #expect(due.map(\.messageID) == [id])
            let entry = try #require(try await api.audit().last { $0.action == "inform.retry" })
            #expect(entry.actor.contains("administrator") && entry.detail == "mail to key desk")
            #expect(try await refusal { _ = try await api.retryInform(id) }.status == 404)
            #expect(try await refusal { _ = try await api.informs(state: "lost") }.status == 400)
        }
    }

    /// The name of a delivery that a mail server refused.
    private func undeliverable(in world: World) async throws -> String {
        try await world.deployOrders()
        let id = try await world.startRenewal(of: "reply-sign").id
        for kind in ["createKeyPair", "provideCertificate"] { try await world.claim(kind, of: id) }
        let notification = try #require(try await world.api(.senderAdministrator).notifications().last).id
        let now = world.clock.now
        let delivery = InformDelivery(
            notification: RenewalNotification.ID(rawValue: notification),
            channel: .mail,
            address: "keys@sender.example",
            person: "key desk",
            messageID: "one@tenant.example",
            createdAt: now
        )
        try await world.tenant.renewalStore.write { transaction in
            try transaction.distribute(delivery.notification, over: [delivery])
            let refused = delivery.begun().ended(.refused("550 no such mailbox"), at: now, InformRetries())
            try transaction.updateDelivery(refused)
        }
        return delivery.messageID
    }
}
