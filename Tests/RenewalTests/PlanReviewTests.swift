import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("A plan is reviewed, changed within its rules, approved and then frozen")
struct PlanReviewTests {
    @Test("A dual partner may be planned as single, and its flow held; the review names the downtime")
    func singleInsteadOfDual() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let choices = PlanChoices(single: [try PartnerID("receiver")], held: ["orders"])
        let view = try await world.preview(choices)
        #expect(view.tracks.map(\.variant) == [.single])
        let downtime = try #require(view.review?.downtimes.first)
        #expect(downtime.held == ["orders"] && !downtime.isStoppedBySender)
        #expect(view.review?.longestCourse ?? .zero > .seconds(86_400))
        #expect(try await world.preview(PlanChoices()).review?.downtimes == [])
    }

    @Test(
        "Choices that fit no track are refused with what they are for; a shorter wait is refused, a longer one is taken"
    )
    func rules() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let receiver = try PartnerID("receiver")
        let wrong = [
            PlanChoices(single: [try PartnerID("nobody")]), PlanChoices(held: ["orders"]),
            PlanChoices(isPerPartner: true), PlanChoices(single: [receiver], doubled: [receiver]),
            PlanChoices(order: [receiver]), PlanChoices(waits: PlanWaits(safetyMargin: 1)),
            PlanChoices(waits: PlanWaits(retentionDays: 30)), PlanChoices(waits: PlanWaits(minimumMessages: 1)),
        ]
        for choices in wrong {
            let refusal = await #expect(throws: RenewalRefusal.self) { try await world.preview(choices) }
            #expect(refusal?.code == .badInput && refusal?.remedy.isEmpty == false)
        }
        _ = try await world.preview(PlanChoices(waits: PlanWaits(safetyMargin: 600, retentionDays: 120)))
    }

    @Test("A changed plan is started only when it was approved, and an approved one is not changed")
    func approval() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let choices = PlanChoices(waits: PlanWaits(safetyMargin: 600))
        world.id = try await world.plan()
        let changed = try await world.change(choices)
        #expect(changed.choices == choices && changed.approval == nil && changed.status == .planned)
        let foreign = await #expect(throws: RenewalRefusal.self) {
            try await world.change(PlanChoices(), by: People.dora)
        }
        #expect(foreign?.code == .wrongRole)
        let early = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.start(world.id, by: People.tina)
        }
        #expect(early?.remedy.contains("rekey renewal approve") == true)
        await #expect(throws: RenewalRefusal.self) { try await world.engine.approve(world.id, by: People.dora) }
        #expect(try await world.engine.approve(world.id, by: People.tom).approval?.by == People.tom)
        let frozen = await #expect(throws: RenewalRefusal.self) { try await world.change(PlanChoices()) }
        #expect(frozen?.reason.contains("tom approved") == true)
        #expect(try await world.engine.start(world.id, by: People.tina).status == .running)
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("A plan whose old key was exchanged meanwhile is not started")
    func stale() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.id = try await world.plan()
        let (alias, masterKey, now) = (world.alias, world.masterKey, world.clock.now)
        try await world.store.write { (transaction: any KeystoreTransaction) in
            let keys = KeyOperations(transaction: transaction, masterKey: masterKey, now: now, actor: "somebody")
            let next = try keys.createSuccessor(of: alias, kind: nil, validity: .seconds(365 * 86_400))
            _ = try keys.exchange(to: next.id)
        }
        let refusal = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.start(world.id, by: People.tina)
        }
        #expect(refusal?.reason.contains("which is not active any more") == true)
        #expect(try await world.show().status == .planned)
    }

    @Test("A plan that was called off is neither changed nor approved any more")
    func calledOff() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.id = try await world.plan()
        _ = try await world.engine.abort(world.id, by: People.tina, reason: "Not now.")
        let journal = try await world.engine.journal(of: world.id)
        let changed = await #expect(throws: RenewalRefusal.self) { try await world.change(PlanChoices()) }
        let approved = await #expect(throws: RenewalRefusal.self) {
            try await world.engine.approve(world.id, by: People.tom)
        }
        #expect(changed?.code == .wrongState && approved?.code == .wrongState)
        #expect(try await world.engine.journal(of: world.id) == journal)
    }

    @Test("Who starts a plan that nobody changed approves it")
    func implicitApproval() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        try await world.begin()
        #expect(try await world.show().approval?.by == People.tina)
        #expect(
            try await world.engine.journal(of: world.id).map(\.event.name).prefix(3) == [
                "planned", "approved", "started",
            ]
        )
    }

    @Test("A held flow accepts during its downtime and is not undeployed")
    func holding() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .single)
        world.id = try await world.plan(PlanChoices(held: ["orders"]))
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        try await world.carryOut { view in view.steps.contains { $0.kind == .undeployFlow && $0.state == .verified } }
        let status = try await world.store.read { (transaction: any MessagingTransaction) in
            try transaction.flowRecords().map(\.status)
        }
        #expect(status == [.held])
        try await world.carryOut()
        #expect(try await world.show().status == .completed)
        try await Invariants.check(world)
    }

    @Test("Another renewal of the same key is in the way; what is unknown is planned as single only when chosen")
    func concerns() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .unknown)
        await #expect(throws: RenewalRefusal.self) { try await world.preview(PlanChoices()) }
        let choices = PlanChoices(single: [try PartnerID("receiver")])
        #expect(try await world.preview(choices).review?.concerns.map(\.kind) == [.unknownCapability])
        world.id = try await world.plan(choices)
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        let concerns = try await world.preview(choices).review?.concerns ?? []
        #expect(concerns.first?.kind == .otherRenewal && concerns.first?.isBlocking == true)
    }

    @Test("The plan for an expired key is a hurried one, and says what waits, what is lost and how to prevent it")
    func expired() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        let calm = try #require(try await world.preview(PlanChoices()).review)
        let end = try #require(try await world.versions().first?.validity?.upperBound)
        world.clock.set(to: end.addingTimeInterval(1))
        let review = try #require(try await world.preview(PlanChoices()).review)
        let concern = try #require(review.concerns.first { $0.kind == .expired })
        for part in [
            "The plan is a hurried one: each person has 1 day", "On orders requests get 503", "0 stored message(s)",
        ] {
            #expect(concern.text.contains(part), "\(concern.text)")
        }
        #expect(concern.remedy.contains("`rekey flow hold orders`"))
        #expect(review.longestCourse + .seconds(6 * 86_400) <= calm.longestCourse)
        try await world.begin()
        world.clock.advance(by: .seconds(86_400 + 600))
        try await world.engine.tick(all: true)
        #expect(try await world.show().steps.first { $0.kind == .createKeyPair }?.isOverdue == true)
        let journal = try await world.engine.journal(of: world.id)
        #expect(try RenewalState(folding: journal, of: world.id).plan.isHurried == true)
    }

    @Test("The longer wait of a plan is the one that counts")
    func longerWaits() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .dual)
        world.id = try await world.plan(PlanChoices(waits: PlanWaits(retentionDays: 200)))
        _ = try await world.engine.approve(world.id, by: People.tina)
        _ = try await world.engine.start(world.id, by: People.tina)
        try await world.carryOut()
        let old = try #require(try await world.versions().first)
        let kept = try #require(old.destroyedAt).timeIntervalSince(try #require(old.exchangedAt))
        #expect(kept >= 200 * 86_400)
    }
}

extension World {
    func preview(_ choices: PlanChoices) async throws -> RenewalView {
        try await engine.preview(alias, usages: usages, capabilities: capabilities, choices: choices)
    }

    func plan(_ choices: PlanChoices = PlanChoices()) async throws -> RenewalID {
        try await engine.create(alias, usages: usages, capabilities: capabilities, choices: choices, by: People.tina).id
    }

    func change(_ choices: PlanChoices, by person: Actor = People.tina) async throws -> RenewalView {
        try await engine.change(id, usages: usages, capabilities: capabilities, choices: choices, by: person)
    }
}
