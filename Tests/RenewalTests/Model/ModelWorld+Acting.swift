import Foundation
import Keystore
import Renewal
import TestSupport

extension ModelWorld {
    /// Does one act; refusals, a runtime that is down and a killed process are what may come of it.
    func carryOut(_ action: ModelAction) async throws {
        do {
            try await act(action)
        } catch let refusal as RenewalRefusal {
            guard !refusal.reason.isEmpty, !refusal.remedy.isEmpty else {
                throw Unsound(what: "a refusal without words")
            }
        } catch is RuntimeFault {
            return
        } catch is MemoryRenewalStore.Killed {
            return
        }
    }

    private func act(_ action: ModelAction) async throws {
        switch action {
        case .begin(let key, let person): try await begin(key, by: person % 5 == 0 ? pick(person) : people[0])
        case .claimOpen(let renewal, let step, let person): try await claimOpen(renewal, step, person)
        case .claimAny(let renewal, let step, let person): try await claimAny(renewal, step, person)
        case .acknowledge(let reader): try await acknowledge(reader)
        case .traffic(let messages): traffic(messages)
        case .wait(let seconds): clock.advance(by: .seconds(seconds))
        case .tick: try await engine.tick()
        case .override(let renewal, let step, let person):
            guard let (state, chosen) = try choose(renewal, step) else { return }
            _ = try await engine.override(chosen.id, of: state.id, by: pick(person), reason: "By chance.")
        case .rollBack(let renewal, let person):
            guard let state = try self.renewal(renewal) else { return }
            _ = try await engine.rollBack(state.id, by: pick(person), reason: "By chance.")
        case .abort(let renewal, let person):
            guard let state = try self.renewal(renewal) else { return }
            _ = try await engine.abort(state.id, by: pick(person), reason: "By chance.")
        case .nodeFails(let count): node.fail(count)
        case .kill(let isAfter): store.killNext(isAfter ? .afterCommit : .beforeCommit)
        }
    }

    private func pick(_ person: Int) -> Actor { people[person % people.count] }

    private func begin(_ key: Int, by actor: Actor) async throws {
        let alias = topology.aliases[key % topology.aliases.count]
        let capabilities = topology.capabilities.map { PartnerCapability(partner: $0.key, keys: $0.value) }
        let usages = topology.usages(of: alias)
        let view = try await engine.create(alias, usages: usages, capabilities: capabilities, by: actor)
        _ = try await engine.start(view.id, by: actor)
    }

    private func choose(_ renewal: Int, _ step: Int) throws -> (RenewalState, PlannedStep)? {
        guard let state = try self.renewal(renewal), !state.plan.steps.isEmpty else { return nil }
        return (state, state.plan.steps[step % state.plan.steps.count])
    }

    private func claimOpen(_ renewal: Int, _ step: Int, _ person: Int) async throws {
        guard let state = try self.renewal(renewal) else { return }
        let open = state.plan.steps.filter { step in
            let progress = state.progress(of: step.id).state
            return progress == .open && !step.kind.isPerformedBySystem
                || step.kind == .destroy && progress == .claimed
        }
        guard !open.isEmpty else { return }
        let chosen = open[step % open.count]
        let holders = people.filter { actor in
            actor.holds(chosen.by) || chosen.kind == .agreeDowntime && chosen.to.map(actor.holds) == true
        }
        guard !holders.isEmpty else { return }
        try await claim(chosen, of: state, by: holders[person % holders.count])
    }

    private func claimAny(_ renewal: Int, _ step: Int, _ person: Int) async throws {
        guard let (state, chosen) = try choose(renewal, step) else { return }
        _ = try await engine.claim(chosen.id, of: state.id, by: pick(person), input(for: chosen, state))
    }

    /// The partner changes its system first, and only when the tenant shows that the step is its turn.
    private func claim(_ step: PlannedStep, of state: RenewalState, by actor: Actor) async throws {
        let view = try await engine.show(state.id)
        let isTurn = view.steps.first { $0.id == step.id }
            .map { shown in
                shown.state == .open && (shown.guardView.notBefore.map { $0 <= clock.now } ?? true)
            }
        if isTurn == true, !view.status.isFinal, actor.holds(step.by) {
            let entry = try await mayEnter(step, of: state)
            if entry { play(step, of: state) }
        }
        _ = try await engine.claim(step.id, of: state.id, by: actor, input(for: step, state))
    }

    private func mayEnter(_ step: PlannedStep, of state: RenewalState) async throws -> Bool {
        switch step.kind {
        case .configurePartner, .stopSending, .startSending, .removeOld: step.by.organisation != "tenant"
        default: false
        }
    }

    private func input(for step: PlannedStep, _ state: RenewalState) -> StepInput {
        guard step.needs.contains(.certificate) else { return StepInput() }
        return StepInput(certificatePEM: nextCertificate(topology.aliases.count + store.contents.order.count))
    }

    private func acknowledge(_ reader: Int) async throws {
        for notification in store.contents.notifications where notification.acknowledgedAt == nil {
            let addressee = people.first { $0.holds(notification.addressee) }
            guard let actor = reader == 0 ? addressee : pick(reader) else { continue }
            do {
                _ = try await engine.acknowledge(notification.id, by: actor)
            } catch is RenewalRefusal where reader != 0 {
                continue
            }
        }
    }
}

/// A state that must not be.
struct Unsound: Error, CustomStringConvertible {
    let what: String

    var description: String { what }
}
