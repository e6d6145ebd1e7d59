import Foundation
import Keystore
import Messaging
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// The invariants of the renewal model that can be seen in the store.
enum Invariants {
    static func check(_ world: World, _ comment: Comment? = nil) async throws {
        let versions = try await world.versions()
        let state = try await world.state()
        let entries = try await world.engine.journal(of: world.id)
        onlyActiveProtects(versions, comment)
        nothingDestroyedEarly(versions, comment)
        nobodyActsForAnother(entries, state.plan, comment)
        trafficStoodStill(entries, state.plan, comment)
        #expect(versions.allSatisfy { $0.id.alias == state.plan.alias }, comment)
        #expect(try RenewalState(folding: entries, of: world.id) == state, comment)
        try await auditIsWhole(world, comment)
    }

    /// 2: one version protects.
    private static func onlyActiveProtects(_ versions: [KeyVersion], _ comment: Comment?) {
        #expect(versions.filter(\.state.canProtect).count == 1, comment)
    }

    /// 3: nothing is destroyed before its clocks.
    private static func nothingDestroyedEarly(_ versions: [KeyVersion], _ comment: Comment?) {
        for version in versions where version.state == .destroyed {
            let kept = version.exchangedAt.flatMap { version.destroyedAt?.timeIntervalSince($0) } ?? 0
            #expect(kept >= 90 * 86_400, comment)
        }
    }

    /// 4: nobody completes another's step; two persons override and destroy.
    private static func nobodyActsForAnother(_ entries: [JournalEntry], _ plan: RenewalPlan, _ comment: Comment?) {
        var claimants: [StepID: Actor] = [:]
        for entry in entries {
            switch entry.event {
            case .claimed(let id, _, _):
                let step = plan.steps.first { $0.id == id }
                let agrees = step?.kind == .agreeDowntime && step?.to.map(entry.actor.holds) == true
                #expect(step.map { entry.actor.holds($0.by) || agrees } == true, comment)
                claimants[id] = entry.actor
            case .overridden(_, _, let first): #expect(first.name != entry.actor.name, comment)
            case .destroyed(let id, _): #expect(claimants[id].map { $0.name != entry.actor.name } == true, comment)
            default: break
            }
        }
    }

    /// 6: in a single variant the exchange happens between the stop and the resume.
    private static func trafficStoodStill(_ entries: [JournalEntry], _ plan: RenewalPlan, _ comment: Comment?) {
        let stops = plan.steps.filter { [.undeployFlow, .stopSending, .drain].contains($0.kind) }.map(\.id)
        guard let exchange = entries.firstIndex(where: { if case .exchanged = $0.event { true } else { false } }) else {
            return
        }
        let verified = entries[..<exchange]
            .compactMap { entry -> StepID? in
                if case .verified(let step, _) = entry.event { step } else { nil }
            }
        #expect(Set(stops).isSubset(of: verified), comment)
    }

    /// 7: the audit log is one chain, with an entry for every transition.
    private static func auditIsWhole(_ world: World, _ comment: Comment?) async throws {
        let audit = try await world.store.read { (transaction: any KeystoreTransaction) in
            try transaction.auditEntries(after: 0, limit: 100_000)
        }
        #expect(throws: Never.self, comment) { try AuditChain.verify(audit) }
        let journal = try await world.engine.journal(of: world.id)
        let transitions = audit.filter { $0.action.hasPrefix("renewal.") && !$0.action.hasSuffix(".refused") }
        #expect(transitions.count == journal.count, comment)
    }
}
