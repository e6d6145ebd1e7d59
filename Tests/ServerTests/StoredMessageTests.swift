import ManagementAPI
import TestSupport
import Testing

@Suite("Stored messages over the management API")
struct StoredMessageTests {
    @Test("Stored messages are listed without content, and discarded by the tenant administrator with a reason")
    func discarding() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate, oneWay: true)
            let (developer, administrator) = (world.api(.developer), world.api(.administrator))
            _ = try await developer.holdFlow("orders")
            #expect(try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders").status == 202)
            let held = try #require(try await developer.messages(flow: "orders", state: "held").first)
            #expect(held.attempts == 0 && held.endedAt == nil)
            #expect(try await developer.messages(id: held.messageID) == [held])
            #expect(try await developer.messages(state: "failed").isEmpty)

            let refused = try await refusal { _ = try await developer.discardMessage(held.id, reason: "no") }
            #expect(refused.code == "wrongRole")
            #expect(
                try await refusal { _ = try await administrator.discardMessage(held.id, reason: " ") }.status == 400
            )
            #expect(try await refusal { _ = try await administrator.retryMessage(held.id) }.code == "notAllowedNow")
            let discarded = try await administrator.discardMessage(held.id, reason: "sent by post")
            #expect(discarded.state == "discarded" && discarded.reason == "sent by post")
            #expect(try await refusal { _ = try await administrator.retryMessage("none") }.status == 404)
        }
    }

    @Test("A selection that cannot be is refused with what can")
    func selection() async throws {
        try await World.run { world in
            let developer = world.api(.developer)
            let unknown = try await refusal { _ = try await developer.messages(state: "lost") }
            #expect(unknown.detail.contains("lost"))
            let none = try await refusal { _ = try await developer.messages(limit: 0) }
            #expect(none.status == 400)
            let partner = try await refusal { _ = try await world.api(.senderAdministrator).messages() }
            #expect(partner.code == "wrongRole")
        }
    }
}
