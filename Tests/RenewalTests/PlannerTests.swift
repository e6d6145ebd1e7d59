import Foundation
import Keystore
import Renewal
import Testing

@Suite struct PlannerTests {
    private let planner = RenewalPlanner(tenant: "tenant", settings: RenewalSettings())

    @Test("A plan of one track has the procedure's steps with their numbers, then retention and destruction")
    func onePlanOneTrack() throws {
        let plan = try plan([use(.sign, .outbound, "receiver")], ["receiver": .dual])
        #expect(
            plan.steps.map(\.id.rawValue) == [
                "1-create-key-pair", "2-provide-certificate", "3-configure-partner", "4-confirm-partner", "5-exchange",
                "6-inform", "7-remove-old", "8-retain", "9-destroy",
            ]
        )
        for (earlier, later) in zip(plan.steps, plan.steps.dropFirst()) { #expect(later.opensAfter == [earlier.id]) }
        #expect(plan.steps[2].by == Party(role: .receiverAdministrator, organisation: "receiver"))
    }

    @Test("Two partners share one key pair and one exchange; each is provided and informed once")
    func twoPartnersShareTheExchange() throws {
        let plan = try plan(
            [use(.sign, .outbound, "one"), use(.sign, .outbound, "two")],
            ["one": .dual, "two": .dual]
        )
        #expect(plan.tracks.count == 2)
        #expect(plan.count(.createKeyPair) == 1)
        #expect(plan.count(.exchange) == 1)
        #expect(plan.count(.provideCertificate) == 2)
        #expect(plan.count(.inform) == 2)
        #expect(plan.count(.configurePartner) == 2)
        let exchange = try #require(plan.steps.first { $0.kind == .exchange })
        let confirmations = plan.steps.filter { $0.kind == .confirmPartner }.map(\.id)
        #expect(Set(exchange.opensAfter) == Set(confirmations))
        #expect(try #require(plan.steps.last { $0.kind == .retain }).opensAfter.count == 2)
    }

    @Test("A partner with two cases is provided with the certificate once")
    func onePartnerTwoCases() throws {
        let plan = try plan(
            [use(.sign, .outbound, "receiver"), use(.decrypt, .outbound, "receiver")],
            ["receiver": .dual]
        )
        #expect(plan.tracks.map(\.useCase) == [.tenantSignsOutboundRequest, .tenantDecryptsOutboundResponse])
        #expect(plan.count(.createKeyPair) == 1)
        #expect(plan.count(.provideCertificate) == 1)
        #expect(plan.count(.exchange) == 1)
        #expect(plan.isOrdered)
    }

    @Test("A downtime begins only when the dual partners are ready")
    func downtimeWaitsForDualPartners() throws {
        let plan = try plan(
            [use(.sign, .outbound, "single-one"), use(.sign, .outbound, "dual-one")],
            ["single-one": .single, "dual-one": .dual]
        )
        let undeploy = try #require(plan.steps.first { $0.kind == .undeployFlow })
        let confirmation = try #require(
            plan.steps.first { $0.kind == .confirmPartner && $0.by.organisation == "dual-one" }
        )
        #expect(undeploy.opensAfter.contains(confirmation.id))
        #expect(plan.isOrdered)
    }

    @Test("Procedures that name the same act in another order are joined without a circle")
    func circlesAreAvoided() throws {
        let owner = try KeyOwner.partner(PartnerID("partner"))
        let plan = try plan(
            [use(.encrypt, .outbound, "partner"), use(.encrypt, .inbound, "partner")],
            ["partner": .single],
            owner: owner
        )
        #expect(plan.count(.provideCertificate) == 1)
        #expect(plan.count(.agreeDowntime) == 1)
        #expect(plan.isOrdered)
        #expect(plan.steps.last?.kind == .destroy)
    }

    @Test("Every combination of cases that one key can have gives an ordered plan with one exchange at most")
    func everyCombinationIsOrdered() throws {
        let tenant: [KeyUsage] = try [
            use(.sign, .outbound, "a"), use(.sign, .outbound, "b"), use(.sign, .inbound, "a"),
            use(.sign, .inbound, "c"), use(.decrypt, .outbound, "a"), use(.decrypt, .inbound, "c"),
        ]
        let modes: [[String: PartnerCapability.Keys]] = [
            ["a": .dual, "b": .dual, "c": .dual], ["a": .single, "b": .dual, "c": .single],
            ["a": .single, "b": .single, "c": .single], ["a": .dual, "b": .single, "c": .dual],
        ]
        for mask in 1..<(1 << tenant.count) {
            let usages = tenant.indices.filter { mask & (1 << $0) != 0 }.map { tenant[$0] }
            for mode in modes {
                let plan = try plan(usages, mode)
                #expect(plan.isOrdered)
                #expect(plan.count(.createKeyPair) == 1)
                #expect(plan.count(.exchange) <= 1)
                #expect(Set(plan.steps.map(\.id)).count == plan.steps.count)
            }
        }
    }

    @Test("A key that nothing uses, an unknown capability and a wrong owner are refused with what to do")
    func refusals() throws {
        #expect(code { try plan([], [:]) } == .notPlannable)
        #expect(code { try plan([use(.sign, .outbound, "receiver")], [:]) } == .unknownCapability)
        #expect(code { try plan([use(.encrypt, .outbound, "receiver")], ["receiver": .dual]) } == .notPlannable)
        let other = try KeyOwner.partner(PartnerID("other"))
        #expect(
            code { try plan([use(.encrypt, .outbound, "receiver")], ["receiver": .dual], owner: other) }
                == .notPlannable
        )
    }

    @Test("The latest start leaves room before the old certificate ends")
    func latestStart() throws {
        let plan = try plan([use(.sign, .outbound, "receiver")], ["receiver": .dual])
        let start = try #require(plan.latestStart)
        #expect(Self.end.timeIntervalSince(start) >= 60 * 86_400)
    }

    private static let end = Date(timeIntervalSince1970: 2_000_000_000)

    private func use(_ purpose: KeyUsage.Purpose, _ side: KeyUsage.Side, _ partner: String) throws -> KeyUsage {
        KeyUsage(
            alias: try KeyAlias("key"),
            purpose: purpose,
            flow: "flow-\(partner)",
            side: side,
            partner: try PartnerID(partner)
        )
    }

    private func plan(
        _ usages: [KeyUsage],
        _ keys: [String: PartnerCapability.Keys],
        owner: KeyOwner = .tenant
    ) throws -> RenewalPlan {
        let version = KeyVersionID(alias: try KeyAlias("key"), number: 1)
        let capabilities = try keys.map { PartnerCapability(partner: try PartnerID($0.key), keys: $0.value) }
        let current = RenewalPlanner.CurrentKey(version: version, owner: owner, notAfter: Self.end)
        return try planner.plan(current, usages: usages, capabilities: capabilities)
    }

    private func code(_ body: () throws -> RenewalPlan) -> RenewalRefusal.Code? {
        do {
            _ = try body()
            return nil
        } catch {
            let refusal = error as? RenewalRefusal
            return refusal?.remedy.isEmpty == false ? refusal?.code : nil
        }
    }
}

extension RenewalPlan {
    fileprivate func count(_ kind: StepKind) -> Int { steps.filter { $0.kind == kind }.count }

    /// Whether every step comes after those it opens after.
    fileprivate var isOrdered: Bool {
        var seen: Set<StepID> = []
        return steps.allSatisfy { step in
            defer { seen.insert(step.id) }
            return step.opensAfter.allSatisfy(seen.contains)
        }
    }
}
