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

    @Test("Of an ordered flow the first message keeps the others waiting, and they say for which")
    func waiting() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate, oneWay: true)
            let developer = world.api(.developer)
            _ = try await developer.putFlow("orders", yaml: world.oneWayOrders() + "\ndelivery: {ordered: true}\n")
            _ = try await developer.holdFlow("orders")
            for number in 1...3 {
                #expect(
                    try await world.post(sender.request(number, now: world.clock.now), to: "/in/orders").status == 202
                )
            }
            let held = try await developer.messages(flow: "orders")
            let first = try #require(held.last)
            #expect(held.map(\.waitsFor) == [first.id, first.id, nil])
            _ = try await world.api(.administrator).discardMessage(first.id, reason: "sent by post")
            let rest = try await developer.messages(flow: "orders", state: "held")
            #expect(rest.map(\.waitsFor) == [rest.last?.id, nil])
        }
    }

    @Test("A hold says what it will store, is refused where that has no room, and is held anyway when that is wanted")
    func forecast() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate, oneWay: true)
            let developer = world.api(.developer)
            let none = try await developer.holdForecast("orders", for: 3600)
            #expect(none.messages == 0 && none.fits && none.seconds == 3600)
            _ = try await developer.holdFlow("orders")
            let filler = String(repeating: "x", count: 900_000)
            for number in 0..<30 {
                let request = try sender.request(number, filler: filler, now: world.clock.now)
                #expect(try await world.post(request, to: "/in/orders").status == 202)
            }
            let year = 31_536_000
            let forecast = try await developer.holdForecast("orders", for: year)
            #expect(!forecast.fits && forecast.messages >= 30 * year / 3600)
            let refused = try await refusal { _ = try await developer.holdFlow("orders", for: year) }
            #expect(refused.code == "notAllowedNow" && refused.detail.contains("the store has room for"))
            let anyway = try await developer.holdFlow("orders", for: year, anyway: true).forecast
            #expect(anyway?.messages == forecast.messages && anyway?.fits == false)
            #expect(try await refusal { _ = try await developer.holdForecast("orders", for: 0) }.status == 400)
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
