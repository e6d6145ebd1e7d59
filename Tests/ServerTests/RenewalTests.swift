import Foundation
import ManagementAPI
import TestSupport
import Testing

@Suite("A renewal over the management API")
struct RenewalTests {
    @Test("Each role does its steps, traffic proves the new key, and the old one is destroyed when its time has come")
    func dualSigner() async throws {
        try await World.run { world in
            let sender = try SigningSender(now: world.clock.now)
            try await world.deployOrders(trusting: sender.certificate)
            let run = try await RenewalRun(alias: "reply-sign", world: world, sender: sender)
            let end = try await run.carryOut()
            #expect(end.state == "completed" && end.oldVersion == 1 && end.newVersion == 2)
            let key = try await world.api(.administrator).key("reply-sign")
            #expect(key.versions.map(\.state) == ["destroyed", "active"])
            let journal = try await world.api(.administrator).journal(of: end.id)
            #expect(journal.map(\.sequence) == Array(1...journal.count))
            #expect(journal.last?.event == "completed")
        }
    }

    @Test("A step of another role or organisation, or before its time, is refused with what to do")
    func refusals() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            let renewal = try await world.startRenewal(of: "reply-sign")
            let id = renewal.id
            let create = try #require(renewal.steps.first { $0.kind == "createKeyPair" })
            let exchange = try #require(renewal.steps.first { $0.kind == "exchange" })
            let configure = try #require(renewal.steps.first { $0.kind == "configurePartner" })

            let role = try await refusal { _ = try await world.api(.senderAdministrator).claim(create.id, of: id) }
            #expect(role.code == "wrongRole" && role.status == 403)
            let organisation = try await refusal {
                _ = try await world.api(.otherSenderAdministrator).claim(configure.id, of: id)
            }
            #expect(organisation.code == "wrongOrganisation" && organisation.status == 403)
            let early = try await refusal { _ = try await administrator.claim(exchange.id, of: id) }
            #expect(early.status == 409 && !early.remedy.isEmpty)

            _ = try await administrator.claim(create.id, of: id)
            let outside = try await refusal {
                _ = try await administrator.exchange("reply-sign", ExchangeKey(reason: "hurry"))
            }
            #expect(outside.code == "coveredByRenewal")
            let refused = try await administrator.audit().filter { $0.action.contains("refused") }
            #expect(refused.count >= 4)
        }
    }

    @Test("A partner's administrator sees the renewals and steps of the own organisation alone")
    func visibility() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let plan = try await world.api(.administrator).createRenewal(PlanRenewal(alias: "reply-sign"))
            let seen = try await world.api(.senderAdministrator).renewal(plan.id)
            #expect(plan.steps.allSatisfy { $0.partners == ["sender"] })
            #expect(seen.steps.allSatisfy { $0.partners == ["sender"] && $0.flows?.contains("orders") != false })
            #expect(!seen.steps.isEmpty && seen.steps.count < plan.steps.count)
            #expect(try await world.api(.otherSenderAdministrator).renewals().isEmpty)
            let hidden = try await refusal { _ = try await world.api(.otherSenderAdministrator).renewal(plan.id) }
            #expect(hidden.status == 404)
            #expect(
                try await refusal { _ = try await world.api(.senderAdministrator).journal(of: plan.id) }.status == 403
            )
        }
    }

    @Test("Steps name the partners and flows that they are about, to a partner's administrator the own ones alone")
    func partners() async throws {
        try await World.run { world in
            let administrator = world.api(.administrator)
            try await world.deployOrders(trusting: SigningSender(now: world.clock.now).certificate)
            let second = PartnerResource(id: "other-sender", keys: "single", role: "sender")
            _ = try await administrator.putPartner(second)
            let flow = world.orders(id: "notes", path: "/in/notes")
                .replacing("partner: sender", with: "partner: other-sender")
                .replacing("verify: [sender-sign], ", with: "").replacing("signed: [body, timestamp], ", with: "")
            _ = try await world.api(.developer).putFlow("notes", yaml: flow)
            let plan = try await administrator.createRenewal(PlanRenewal(alias: "reply-sign"))
            let create = try #require(plan.steps.first { $0.kind == "createKeyPair" })
            #expect(create.partners == ["other-sender", "sender"])
            let downtime = try #require(plan.steps.first { $0.kind == "agreeDowntime" })
            #expect(downtime.partners == ["other-sender"])
            let seen = try await world.api(.senderAdministrator).renewal(plan.id).steps
            #expect(!seen.isEmpty && seen.allSatisfy { $0.partners == ["sender"] })
            #expect(seen.allSatisfy { Set($0.flows ?? []).isSubset(of: ["orders"]) })
        }
    }

    @Test("A plan shows the steps and stores nothing; a renewal can be given up before its exchange")
    func planning() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let administrator = world.api(.administrator)
            let plan = try await administrator.planRenewal(PlanRenewal(alias: "reply-sign"))
            #expect(plan.id.isEmpty && plan.tracks.map(\.useCase) == ["TenantSignsInboundResponse"])
            #expect(plan.tracks.map(\.variant) == ["dual"])
            #expect(try await administrator.renewals().isEmpty)
            let created = try await administrator.createRenewal(PlanRenewal(alias: "reply-sign"))
            _ = try await administrator.startRenewal(created.id)
            let aborted = try await administrator.abort(created.id, GiveReason(reason: "not now"))
            #expect(aborted.state == "aborted")
        }
    }
}

@Suite("A plan over the management API")
struct PlanTests {
    @Test("A plan is saved, changed, approved and started; its review names downtimes and strays")
    func review() async throws {
        try await World.run { world in
            try await world.deployOrders()
            let api = world.api(.administrator)
            var choices = PlanChoicesResource()
            choices.single = ["sender"]
            choices.waits = ["safetyMargin": 600]
            let plan = try await api.createRenewal(PlanRenewal(alias: "reply-sign"))
            #expect(plan.review?.downtimes == [] && plan.review?.concerns.map(\.kind) == ["claimedCapability"])
            let changed = try await api.changePlan(plan.id, choices)
            #expect(changed.choices == choices && changed.tracks.map(\.variant) == ["single"])
            #expect(changed.review?.downtimes.map(\.means) == ["stopSending"])
            #expect(try await refusal { _ = try await api.startRenewal(plan.id) }.code == "wrongState")
            #expect(try await api.approveRenewal(plan.id).approvedBy == "administrator")
            #expect(try await refusal { _ = try await api.changePlan(plan.id, choices) }.remedy.contains("abort"))
            #expect(try await api.startRenewal(plan.id).state == "running")
            #expect(try await world.api(.senderAdministrator).renewal(plan.id).review == nil)

            var wrong = PlanChoicesResource()
            wrong.waits = ["safetyMargin": 1]
            let short = PlanRenewal(alias: "reply-sign", choices: wrong)
            #expect(try await refusal { _ = try await api.planRenewal(short) }.remedy.contains("never shorter"))
            wrong.waits = ["patience": 1]
            let unknown = PlanRenewal(alias: "reply-sign", choices: wrong)
            #expect(try await refusal { _ = try await api.planRenewal(unknown) }.remedy.contains("safetyMargin"))
        }
    }
}
