import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

@Suite("What partners' systems can do")
struct CapabilityTests {
    @Test("The newest word decides, but a claim of what is proven leaves the proof")
    func standing() throws {
        let records = try [CapabilityStanding.dualClaimed, .dualProven, .dualClaimed].map { try record($0) }
        let partner = try PartnerID("receiver")
        #expect(records.current(of: partner, .verify)?.standing == .dualProven)
        #expect(records.current(of: partner, .decrypt) == nil)
        #expect(try (records + [record(.single)]).current(of: partner, .verify)?.standing == .single)
    }

    @Test("The tenant administrator and the partner's own one say it; nobody else, and nobody says proven")
    func roles() async throws {
        let world = try await World(.tenantSignsOutboundRequest, .unknown)
        let partner = try PartnerID("receiver")
        let own = Actor(name: "rita", role: .receiverAdministrator, organisation: "receiver")
        for actor in [People.tina, own] {
            try await world.engine.claimCapability(.dualClaimed, of: partner, [.verify], detail: "said", by: actor)
        }
        let foreign = Actor(name: "max", role: .receiverAdministrator, organisation: "other")
        for (actor, standing) in [(foreign, CapabilityStanding.single), (own, .dualProven)] {
            await #expect(throws: RenewalRefusal.self) {
                try await world.engine.claimCapability(standing, of: partner, [.verify], detail: "", by: actor)
            }
        }
        let records = try await world.engine.capabilities(of: partner)
        #expect(records.map(\.actor) == [People.tina.description, own.description])
        let audit = try await world.store.read { (transaction: any KeystoreTransaction) in
            try transaction.auditEntries(after: 0, limit: 1000).map(\.action)
        }
        #expect(audit.count { $0 == "partner.claim" } == 2 && audit.count { $0 == "renewal.capability.refused" } == 2)
    }

    @Test("A plan of an unknown system is refused with what to ask; each part has a standing of its own")
    func planning() throws {
        let planner = RenewalPlanner(tenant: "tenant", settings: RenewalSettings())
        let partner = try PartnerID("receiver")
        let alias = try KeyAlias("orders-sign")
        let key = KeyVersionID(alias: alias, number: 1)
        let usage = KeyUsage(alias: alias, purpose: .sign, flow: "orders", side: .outbound, partner: partner)
        let plan = { (capabilities: [PartnerCapability]) in
            try planner.plan(
                .init(version: key, owner: .tenant, notAfter: nil),
                usages: [usage],
                capabilities: capabilities
            )
        }
        let whole = PartnerCapability(partner: partner, keys: .unknown)
        let refusal = #expect(throws: RenewalRefusal.self) { try plan([whole]) }
        #expect(refusal?.code == .unknownCapability && refusal?.remedy.contains("rekey partner capability") == true)
        #expect(refusal?.remedy.contains("rekey renewal plan orders-sign --single receiver --save") == true)
        let proven = PartnerCapability(partner: partner, part: .verify, standing: .dualProven)
        #expect(try plan([whole, proven]).tracks.map(\.variant) == [.dual])
        let other = PartnerCapability(partner: partner, part: .decrypt, standing: .dualProven)
        #expect(throws: RenewalRefusal.self) { try plan([whole, other]) }
    }

    private func record(_ standing: CapabilityStanding) throws -> CapabilityRecord {
        CapabilityRecord(
            partner: try PartnerID("receiver"),
            part: .verify,
            standing: standing,
            source: standing == .dualProven ? .probe : .claim,
            detail: "",
            actor: "test",
            at: .init(timeIntervalSince1970: 0)
        )
    }
}
