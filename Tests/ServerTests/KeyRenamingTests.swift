import Keystore
import ManagementAPI
import Renewal
import Server
import TestSupport
import Testing

@Suite("Keys get other names over the management API")
struct KeyRenamingTests {
    @Test("A key that a flow names is renamed with the flow alone; then everything is found under the new name")
    func withFlows() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            #expect(try await world.post(sender.request(1, now: world.clock.now), to: "/in/orders").status == 200)
            let api = world.api(.administrator)
            let refused = try await refusal { _ = try await api.rename("reply-sign", RenameKey(name: "sales-sign")) }
            #expect(refused.code == "namedByFlows" && refused.status == 409)
            #expect(refused.detail.contains("orders") && refused.remedy.contains("--with-flows"))
            let done = try await api.rename("reply-sign", RenameKey(name: "sales-sign", withFlows: true))
            #expect(done.flows == ["orders"] && done.key.alias == "sales-sign" && done.key.activeVersion == 1)
            #expect(try await world.post(sender.request(2, now: world.clock.now), to: "/in/orders").status == 200)

            let uses = try await api.whereUsed("sales-sign")
            #expect(uses.observed.map(\.count) == [2] && uses.configured.map(\.flow) == ["orders"])
            #expect(uses.places?.map(\.succeeded) == [2] && uses.places?.first?.disagreement == nil)
            for act in [
                { _ = try await api.key("reply-sign") }, { _ = try await api.whereUsed("reply-sign") },
                { _ = try await api.addKeyVersion(.fresh("reply-sign")) },
            ] as [() async throws -> Void] {
                let former = try await refusal(of: act)
                #expect(former.code == "renamed" && former.detail.contains("'sales-sign' now"))
            }
            let stale = try await refusal {
                _ = try await world.api(.developer).putFlow("orders", yaml: world.orders())
            }
            #expect(stale.code == "flowRefused" && stale.remedy == "name sales-sign")
            let audit = try await api.audit()
            #expect(audit.contains { $0.action == "key.rename" && $0.subject == "reply-sign" })
            #expect(
                audit.contains { $0.action == "flow.rename-key" && $0.detail == "sales-sign instead of reply-sign" }
            )
        }
    }

    @Test("A renewal that is not over keeps the name; the refusal names it. One that is over is found by the new name")
    func withRenewals() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let api = world.api(.administrator)
            let renewal = try await api.createRenewal(PlanRenewal(alias: "reply-sign"))
            let request = RenameKey(name: "sales-sign", withFlows: true)
            let refused = try await refusal { _ = try await api.rename("reply-sign", request) }
            #expect(refused.code == "inUse" && refused.detail.contains(renewal.id) && refused.status == 409)
            _ = try await api.abort(renewal.id, GiveReason(reason: "another name first"))
            _ = try await api.rename("reply-sign", request)
            let stored = try await world.tenant.renewals.list(.of(KeyAlias("sales-sign")))
            #expect(stored.map(\.id.rawValue) == [renewal.id])
            let fingerprint = try #require(await api.key("sales-sign").versions.first?.fingerprint)
            #expect(try await api.evidence(of: renewal.id).html.contains(fingerprint))
            let next = try await api.createRenewal(PlanRenewal(alias: "sales-sign"))
            #expect(next.id == "sales-sign-1")
        }
    }

    @Test("Only the tenant's administrator renames, and not to the same name")
    func refusals() async throws {
        try await World.run { world in
            let api = world.api(.administrator)
            _ = try await api.addKeyVersion(.fresh("orders"))
            let request = RenameKey(name: "orders")
            #expect(try await refusal { _ = try await api.rename("orders", request) }.code == "malformedRequest")
            #expect(
                try await refusal { _ = try await world.api(.developer).rename("orders", RenameKey(name: "x")) }.code
                    == "wrongRole"
            )
            #expect(try await refusal { _ = try await api.rename("none", RenameKey(name: "x")) }.code == "unknownAlias")
        }
    }
}
