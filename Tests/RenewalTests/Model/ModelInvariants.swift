import Foundation
import Keystore
import Renewal

/// The invariants of the renewal model over every key and renewal of a walk.
///
/// A renewal whose journal has not grown is not looked at again.
final class ModelInvariants {
    private let world: ModelWorld
    private var checked: [RenewalID: Int] = [:]
    private var checkedGeneration = -1

    init(world: ModelWorld) {
        self.world = world
    }

    /// Throws ``Unsound`` with the first that does not hold; `isThorough` also replays journals from their stored form.
    func check(isThorough: Bool) throws {
        let contents = world.store.contents
        if checkedGeneration != contents.generation {
            for (alias, versions) in contents.versions { try check(versions, of: alias) }
            try checkAssignments(contents)
            try checkMoves(contents)
            checkedGeneration = contents.generation
        }
        for id in contents.order {
            let journal = contents.journals[id] ?? []
            guard isThorough || checked[id] != journal.count else { continue }
            try check(journal, of: id, contents, isThorough: isThorough)
            checked[id] = journal.count
        }
        if isThorough { try checkAudit(contents) }
        try checkLosses(contents)
        try CompromiseInvariants(world: world).check(contents)
    }

    /// Two persons who do without a proof take what is lost under that key upon themselves.
    private func checkLosses(_ contents: MemoryState) throws {
        for loss in world.losses {
            let isOverridden = contents.journals.values.contains { journal in
                guard case .planned(let plan) = journal.first?.event, plan.alias == loss.alias else { return false }
                return journal.contains { if case .overridden = $0.event { true } else { false } }
            }
            guard isOverridden else { throw Unsound(what: "1: lost: \(loss.what)") }
        }
    }

    /// A version protects for a partner alone only in a renewal that is under way, and only while it is staged.
    private func checkAssignments(_ contents: MemoryState) throws {
        for assignment in contents.assignments {
            let isAssigned = try contents.order.contains { id in
                let state = try contents.renewal(id)
                return state.newVersion == assignment.version && state.status.holdsAlias && state.exchangedAt == nil
            }
            let version = contents.versions[assignment.version.alias]?.first { $0.id == assignment.version }
            guard isAssigned, version?.state == .staged else {
                throw Unsound(what: "2: \(assignment.version) is left assigned to \(assignment.partner)")
            }
        }
    }

    /// Where partners move one by one, the new version is assigned to exactly those that have moved.
    private func checkMoves(_ contents: MemoryState) throws {
        for id in contents.order {
            let state = try contents.renewal(id)
            guard let new = state.newVersion, state.status.holdsAlias, state.exchangedAt == nil else { continue }
            let assigned = contents.assignments.filter { $0.version == new && $0.manner == .instead }.map(\.partner)
            guard Set(assigned) == Set(state.movedPartners.keys) else {
                throw Unsound(what: "2: \(new) protects for \(assigned), and \(state.movedPartners.keys) have moved")
            }
        }
    }

    private func check(_ versions: [KeyVersion], of alias: KeyAlias) throws {
        // Where one was given up that nothing could take the place of, none protects.
        let isGivenUp = versions.contains { world.compromised[$0.id] != nil }
        let protecting = versions.filter(\.state.canProtect).count
        guard protecting == 1 || protecting == 0 && isGivenUp else {
            throw Unsound(what: "2: not one version of \(alias) protects")
        }
        guard versions.allSatisfy({ $0.id.alias == alias }) else { throw Unsound(what: "5: the alias changed") }
        for version in versions where version.state == .destroyed {
            let kept = version.exchangedAt.flatMap { version.destroyedAt?.timeIntervalSince($0) } ?? 0
            guard kept >= 90 * 86_400 else { throw Unsound(what: "3: \(version.id) was destroyed early") }
        }
    }

    private func check(
        _ journal: [JournalEntry],
        of id: RenewalID,
        _ contents: MemoryState,
        isThorough: Bool
    ) throws {
        let state = try RenewalState(folding: journal, of: id)
        guard let standing = contents.standings[id],
            standing.status == state.status, standing.alias == state.plan.alias,
            standing.hasAll(of: RenewalStanding(state, look: NextLook(at: .distantPast)))
        else { throw Unsound(what: "8: what is kept beside the journal of \(id) is not what it folds to") }
        try checkPersons(journal, state.plan)
        try checkWindow(journal, state.plan)
        guard isThorough else { return }
        let stored = try journal.map { entry in
            try JournalEntry(renewal: entry.renewal, sequence: entry.sequence, payload: entry.payload())
        }
        guard try RenewalState(folding: stored, of: id).status == state.status,
            stored.map(\.event) == journal.map(\.event)
        else { throw Unsound(what: "8: the stored journal of \(id) folds to another state") }
    }

    private func checkPersons(_ journal: [JournalEntry], _ plan: RenewalPlan) throws {
        var claimants: [StepID: Actor] = [:]
        for entry in journal {
            switch entry.event {
            case .claimed(let id, _, _):
                let step = plan.steps.first { $0.id == id }
                let agrees = step?.kind == .agreeDowntime && step?.to.map(entry.actor.holds) == true
                guard step.map({ entry.actor.holds($0.by) || agrees }) == true else {
                    throw Unsound(what: "4: \(entry.actor) claimed \(id)")
                }
                claimants[id] = entry.actor
            case .overridden(_, _, let first) where first.name == entry.actor.name:
                throw Unsound(what: "4: \(first.name) overrode alone")
            case .destroyed(let id, _) where claimants[id]?.name == entry.actor.name:
                throw Unsound(what: "4: \(entry.actor.name) destroyed alone")
            default: break
            }
        }
    }

    /// Whatever stands still for an exchange did so before it; where each partner moves by itself, for its own one.
    private func checkWindow(_ journal: [JournalEntry], _ plan: RenewalPlan) throws {
        var verified: Set<StepID> = []
        for entry in journal {
            switch entry.event {
            case .verified(let step, _): verified.insert(step)
            case .takenBack(let step, _, _, _): verified.subtract(plan.steps(inDowntime: step))
            case .exchanged(let id, _, _, _), .moved(let id, _, _, _):
                let own = plan.choices?.isPerPartner == true ? plan.steps.first { $0.id == id }?.tracks : nil
                let stops = plan.steps.filter { step in
                    [.undeployFlow, .stopSending, .drain].contains(step.kind)
                        && own.map { !Set($0).isDisjoint(with: step.tracks) } ?? true
                }
                guard verified.isSuperset(of: stops.map(\.id)) else {
                    throw Unsound(what: "6: exchanged before the traffic stood still")
                }
            default: break
            }
        }
    }

    private func checkAudit(_ contents: MemoryState) throws {
        do throws(AuditChain.Fault) {
            try AuditChain.verify(contents.audit)
        } catch {
            throw Unsound(what: "7: \(error)")
        }
        let transitions = contents.audit.count { $0.action.hasPrefix("renewal.") && !$0.action.hasSuffix(".refused") }
        guard transitions == contents.journals.values.reduce(0, { $0 + $1.count }) else {
            throw Unsound(what: "7: not every transition is in the audit log")
        }
    }
}

extension RenewalStanding {
    /// Whether what follows from the journal alone is the same.
    fileprivate func hasAll(of folded: RenewalStanding) -> Bool {
        flowsKeptUndeployed == folded.flowsKeptUndeployed && alerts == folded.alerts
    }
}
