import Foundation
import Keystore
import Testing

@testable import Renewal

/// Each guard at its boundary, on facts made by hand.
@Suite struct GuardRulesTests {
    private let rules = GuardRules(settings: RenewalSettings())
    private let start = Date(timeIntervalSince1970: 1_767_225_600)

    @Test("A partner may remove the old key at exchange + P + X + M + S + Z, not a second before")
    func removalWait() {
        var facts = facts(after: 479)
        facts.isExchangeProven = true
        #expect(rules.entry(.oldKeyOutOfUse, facts).evidence.notBefore == start.addingTimeInterval(480))
        facts.now = start.addingTimeInterval(480)
        #expect(rules.entry(.oldKeyOutOfUse, facts).isSatisfied)
        facts.oldInTransit = 1
        #expect(!rules.entry(.oldKeyOutOfUse, facts).isSatisfied)
        facts.oldInTransit = 0
        facts.isExchangeProven = false
        #expect(!rules.entry(.oldKeyOutOfUse, facts).isSatisfied)
    }

    @Test("The tenant stops accepting at lastSeenOld + max(G, X) + M + S + Z")
    func acceptanceWait() throws {
        var facts = facts(after: 719)
        facts.partnersChangedAt = start
        #expect(!rules.entry(.oldKeyUnseen, facts).isSatisfied)
        facts.now = start.addingTimeInterval(720)
        #expect(rules.entry(.oldKeyUnseen, facts).isSatisfied)
        facts.tracks = [try track(old: KeyUseTally(succeeded: 2, firstAt: start, lastAt: start.addingTimeInterval(30)))]
        #expect(rules.entry(.oldKeyUnseen, facts).evidence.notBefore == start.addingTimeInterval(750))
        facts.now = start.addingTimeInterval(750)
        #expect(rules.entry(.oldKeyUnseen, facts).isSatisfied)
        facts.oldInTransit = 1
        #expect(!rules.entry(.oldKeyUnseen, facts).isSatisfied)
        facts.oldInTransit = 0
        facts.partnersChangedAt = nil
        #expect(!rules.entry(.oldKeyUnseen, facts).isSatisfied)
    }

    @Test(
        "An old key is destroyed 90 days after the exchange, not a second before, and not while anything refers to it"
    )
    func retention() {
        var facts = facts(after: 90 * 86_400 - 1)
        facts.stoppedAcceptingAt = start
        #expect(rules.entry(.retentionOver, facts).evidence.notBefore == start.addingTimeInterval(90 * 86_400))
        facts.now = start.addingTimeInterval(90 * 86_400)
        #expect(rules.entry(.retentionOver, facts).isSatisfied)
        facts.oldInTransit = 1
        #expect(!rules.entry(.retentionOver, facts).isSatisfied)
        facts.oldInTransit = 0
        facts.stoppedAcceptingAt = start.addingTimeInterval(100 * 86_400)
        #expect(rules.entry(.retentionOver, facts).evidence.notBefore == start.addingTimeInterval(100 * 86_400))
    }

    @Test("An exchange waits for every node and for the new certificate's validity")
    func exchange() {
        var facts = facts(after: 10)
        #expect(!rules.entry(.readyToExchange, facts).isSatisfied)
        facts.stagedGeneration = 4
        facts.acknowledgedGeneration = 3
        facts.newValidity = start...start.addingTimeInterval(60)
        #expect(!rules.entry(.readyToExchange, facts).isSatisfied)
        facts.acknowledgedGeneration = 4
        #expect(rules.entry(.readyToExchange, facts).isSatisfied)
        facts.now = start.addingTimeInterval(61)
        #expect(!rules.entry(.readyToExchange, facts).isSatisfied)
        facts.now = start.addingTimeInterval(-1)
        #expect(rules.entry(.readyToExchange, facts).evidence.notBefore == start)
    }

    @Test("A flow counts as stopped when it is undeployed and nothing is under way on it")
    func flowStopped() {
        var facts = facts(after: 10)
        facts.flows = [flow(deployed: true, open: 0)]
        #expect(!rules.proof(.flowStopped, facts).isSatisfied)
        facts.flows = [flow(deployed: false, open: 1)]
        #expect(!rules.proof(.flowStopped, facts).isSatisfied)
        facts.flows = [flow(deployed: false, open: 0)]
        #expect(rules.proof(.flowStopped, facts).evidence.grade == .observed)
    }

    @Test("Silence counts from the claim or the last message, whichever is later")
    func silence() {
        var facts = facts(after: 69)
        facts.claimedAt = start
        facts.flows = [flow(deployed: true, open: 0, lastArrival: start.addingTimeInterval(10))]
        #expect(rules.proof(.silence, facts).evidence.notBefore == start.addingTimeInterval(70))
        facts.now = start.addingTimeInterval(70)
        #expect(rules.proof(.silence, facts).isSatisfied)
    }

    @Test("Grades are ordered from what is said to what is seen")
    func grades() {
        #expect(ProofGrade.allCases.sorted() == [.asserted, .attested, .probed, .observed])
        #expect(ProofRule.asserted.minimumGrade == .asserted)
        #expect(ProofRule.newKeyInTraffic.minimumGrade == .observed)
    }

    @Test("A setting of less than 90 days counts as 90 days")
    func leastRetention() {
        var settings = RenewalSettings()
        settings.retention = .seconds(1)
        #expect(settings.retention == .seconds(90 * 86_400))
        settings.retention = .seconds(100 * 86_400)
        #expect(settings.retention == .seconds(100 * 86_400))
    }

    private func facts(after seconds: TimeInterval) -> GuardFacts {
        var facts = GuardFacts(now: start.addingTimeInterval(seconds))
        facts.exchangedAt = start
        return facts
    }

    private func track(old: KeyUseTally) throws -> GuardFacts.TrackFacts {
        let plan = RenewalTrack(
            useCase: .tenantVerifiesInboundRequest,
            variant: .only,
            partner: try PartnerID("sender"),
            flows: ["orders"]
        )
        return GuardFacts.TrackFacts(track: plan, old: old, new: KeyUseTally())
    }

    private func flow(deployed: Bool, open: Int, lastArrival: Date? = nil) -> GuardFacts.FlowFacts {
        GuardFacts.FlowFacts(
            flow: "orders",
            isDeployed: deployed,
            isServing: deployed,
            openOperations: open,
            undelivered: 0,
            lastArrival: lastArrival,
            stoppedAt: nil
        )
    }
}
