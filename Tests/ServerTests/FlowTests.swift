import ManagementAPI
import TestSupport
import Testing

@Suite("Flows over the management API")
struct FlowTests {
    @Test("A flow is deployed from its document, undeployed and deployed again")
    func deployment() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let developer = world.api(.developer)
            #expect(try await developer.flows().map(\.status) == ["deployed"])
            #expect(try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders").status == 200)

            #expect(
                try await developer.undeployFlow("orders") == UndeployAnswer(id: "orders", drained: true, inFlight: 0)
            )
            let turnedAway = try await world.post(sender.request(2, now: world.clock.now), to: "/in/orders")
            #expect(turnedAway.status == 503 && turnedAway.headers["retry-after"] != nil)
            #expect(turnedAway.body.contains(":Fault>"))

            #expect(try await developer.deployFlow("orders").status == "deployed")
            #expect(try await world.post(sender.request(3, now: world.clock.now), to: "/in/orders").status == 200)
            let summary = try #require(try await developer.messageSummary().first)
            #expect(summary.accepted == 2 && summary.refused == 1)
        }
    }

    @Test("A held flow lets requests wait, and is released; an undeployed one is not held")
    func holding() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let developer = world.api(.developer)
            #expect(try await developer.holdFlow("orders").drained)
            #expect(try await developer.flows().map(\.status) == ["held"])
            async let answer = world.post(sender.request(1, now: world.clock.now), to: "/in/orders")
            #expect(try await developer.releaseFlow("orders").status == "deployed")
            #expect(try await answer.status == 200)
            #expect(try await refusal { _ = try await developer.releaseFlow("orders") }.code == "notAllowedNow")
            _ = try await developer.undeployFlow("orders")
            #expect(try await refusal { _ = try await developer.holdFlow("orders") }.code == "notAllowedNow")
            #expect(
                try await refusal { _ = try await world.api(.administrator).holdFlow("orders") }.code == "wrongRole"
            )
        }
    }

    @Test("A document that cannot be served is refused with its line, its key and the mend")
    func malformed() async throws {
        try await World.run { world in
            let yaml = world.orders().replacing("requestReply", with: "broadcast")
            let refused = try await refusal { _ = try await world.api(.developer).putFlow("orders", yaml: yaml) }
            #expect(refused.code == "flowRefused" && refused.status == 422)
            #expect(refused.detail.contains("orders:2: pattern"))
            let renamed = try await refusal {
                _ = try await world.api(.developer).putFlow("other", yaml: world.orders())
            }
            #expect(renamed.code == "malformedRequest")
        }
    }

    @Test("Two flows cannot have one path, and an unknown flow cannot be deployed")
    func conflicts() async throws {
        try await World.run { world in
            let developer = world.api(.developer)
            _ = try await developer.putFlow("orders", yaml: world.orders())
            let taken = try await refusal { _ = try await developer.putFlow("more", yaml: world.orders(id: "more")) }
            #expect(taken.status == 422 && taken.detail.contains("/in/orders"))
            #expect(try await refusal { _ = try await developer.deployFlow("nothing") }.status == 404)
        }
    }

    @Test("Partners see no flows, and the tenant administrator changes none")
    func roles() async throws {
        try await World.run { world in
            #expect(try await refusal { _ = try await world.api(.senderAdministrator).flows() }.code == "wrongRole")
            let refused = try await refusal {
                _ = try await world.api(.administrator).putFlow("orders", yaml: world.orders())
            }
            #expect(refused.code == "wrongRole")
        }
    }

    @Test("What is known of a partner's system is changed durably")
    func partners() async throws {
        try await World.run { world in
            let partner = PartnerResource(id: "sender", keys: "single", role: "sender")
            let put = try await world.api(.administrator).putPartner(partner)
            #expect(put.id == partner.id && put.keys == partner.keys && put.role == partner.role)
            #expect(put.capabilities?.map(\.source) == ["claim", "claim"])
            #expect(try await world.api(.developer).partners().contains(put))
            let refused = try await refusal { _ = try await world.api(.senderAdministrator).putPartner(partner) }
            #expect(refused.code == "wrongRole")
        }
    }
}
