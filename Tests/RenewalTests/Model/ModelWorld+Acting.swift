import Foundation
import Keystore
import Renewal
import TestSupport

extension ModelWorld {
    /// Does one act; refusals, a runtime that is down and a killed process are what may come of it.
    func carryOut(_ action: ModelAction) async throws {
        defer { try? followEvents() }
        do {
            try await act(action)
        } catch let refusal as RenewalRefusal {
            guard !refusal.reason.isEmpty, !refusal.remedy.isEmpty else {
                throw Unsound(what: "a refusal without words")
            }
        } catch let error as KeystoreError {
            guard case .compromise = action else { throw error }
        } catch is RuntimeFault {
            return
        } catch is MemoryRenewalStore.Killed {
            try await restart()
        }
    }

    private func restart() async throws {
        node.restart()
        do {
            try await engine.tick(all: true)
        } catch is RuntimeFault {
            return
        }
    }

    private func act(_ action: ModelAction) async throws {
        switch action {
        case .begin(let key, let choice, let person):
            try await begin(key, choice, by: person % 5 == 0 ? pick(person) : people[0])
        case .claimOpen(let renewal, let step, let person): try await claimOpen(renewal, step, person)
        case .claimFalsely(let renewal, let step): try await claimFalsely(renewal, step)
        case .keepPromises: try keepPromises()
        case .claimAny(let renewal, let step, let person):
            guard let (state, chosen) = try choose(renewal, step) else { return }
            try await claim(chosen, of: state, by: pick(person))
        case .acknowledge(let reader): try await acknowledge(reader)
        case .traffic(let messages): try traffic(messages)
        case .wait(let seconds): clock.advance(by: .seconds(seconds))
        case .tick: try await engine.tick()
        case .selfTest: node.runSelfTests()
        case .nodeFails(let count): node.fail(count)
        case .kill(let isAfter): store.killNext(isAfter ? .afterCommit : .beforeCommit)
        case .proposeWindow(let renewal, let downtime, let seconds, let isAccepted):
            try await proposeWindow(renewal, downtime, seconds, isAccepted)
        case .compromise(let key, let version, let person, let isAgreed):
            try await compromise(key, version, person, isAgreed)
        case .replaceKey(let key): try await replaceKey(key)
        case .resume: try await resume()
        case .override, .rollBack, .rollBackPartner, .abort, .probe, .canary: try await decide(action)
        }
    }

    private func decide(_ action: ModelAction) async throws {
        let reason = "By chance."
        switch action {
        case .override(let renewal, let step, let person):
            guard let (state, chosen) = try choose(renewal, step) else { return }
            _ = try await engine.override(chosen.id, of: state.id, by: pick(person), reason: reason)
        case .rollBack(let renewal, let person):
            guard let state = try self.renewal(renewal), mayEnd(state) else { return }
            _ = try await engine.rollBack(state.id, by: pick(person), reason: reason)
        case .rollBackPartner(let renewal, let partner, let person):
            guard let (state, partner) = try choose(renewal, partner: partner), mayEnd(state) else { return }
            _ = try await engine.rollBack(state.id, partner: partner, by: pick(person), reason: reason)
        case .abort(let renewal, let person):
            guard let state = try self.renewal(renewal), mayEnd(state) else { return }
            _ = try await engine.abort(state.id, by: pick(person), reason: reason)
        case .probe(let renewal, let partner, let person):
            guard let (state, partner) = try choose(renewal, partner: partner) else { return }
            _ = try await engine.probe(state.id, with: partner, by: pick(person))
        case .canary(let renewal, let partner, let share, let person):
            guard let (state, partner) = try choose(renewal, partner: partner) else { return }
            let percent = [1, 10, 100, 0, 7][share % 5]
            _ = try await engine.setCanary(state.id, with: partner, percent: percent, by: pick(person))
        default: break
        }
    }

    /// Who gives a renewal up or takes it back asks the partners before: one may have acted and not yet said so.
    private func mayEnd(_ state: RenewalState) -> Bool {
        (done[state.id] ?? []).allSatisfy { state.progress(of: $0).state != .open }
    }

    func pick(_ person: Int) -> Actor { people[person % people.count] }

    private func begin(_ key: Int, _ choice: Int, by actor: Actor) async throws {
        let alias = topology.aliases[key % topology.aliases.count]
        let (usages, choices) = (topology.usages(of: alias), topology.choices(choice, for: alias))
        let view = try await engine.create(
            alias,
            usages: usages,
            capabilities: capabilities,
            choices: choices,
            by: actor
        )
        _ = try await engine.approve(view.id, by: actor)
        _ = try await engine.start(view.id, by: actor)
    }

    private func choose(_ renewal: Int, _ step: Int) throws -> (RenewalState, PlannedStep)? {
        guard let state = try self.renewal(renewal), !state.plan.steps.isEmpty else { return nil }
        return (state, state.plan.steps[step % state.plan.steps.count])
    }

    private func choose(_ renewal: Int, partner: Int) throws -> (RenewalState, PartnerID)? {
        guard let state = try self.renewal(renewal), !state.plan.tracks.isEmpty else { return nil }
        return (state, state.plan.tracks[partner % state.plan.tracks.count].partner)
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
        if chosen.kind == .agreeDowntime, person >= 500 {
            let seconds = 60 + (person - 500) * 8
            return try await proposeWindow(chosen, of: state, seconds: seconds, isAccepted: person % 8 != 0)
        }
        let holders = people.filter { actor in
            actor.holds(chosen.by) || chosen.kind == .agreeDowntime && chosen.to.map(actor.holds) == true
        }
        guard !holders.isEmpty else { return }
        try await claim(chosen, of: state, by: holders[person % holders.count])
    }

    /// A partner changes its system first, whatever way it comes to say so, and only when the tenant lets it act.
    private func claim(_ step: PlannedStep, of state: RenewalState, by actor: Actor) async throws {
        let isTurn = actor.holds(step.by) ? try await letsAct(step, of: state) : false
        if isTurn {
            try play(step, of: state)
            done[state.id, default: []].insert(step.id)
        }
        // Whose word is taken although the step came up only with it keeps it at once.
        defer { if !isTurn, actor.holds(step.by) { try? catchUp(step, of: state) } }
        _ = try await engine.claim(step.id, of: state.id, by: actor, input(for: step))
    }

    private func catchUp(_ step: PlannedStep, of former: RenewalState) throws {
        let state = try store.contents.renewal(former.id)
        let isTaken = { (state: RenewalState) in ![.waiting, .open].contains(state.progress(of: step.id).state) }
        if isTaken(state), !isTaken(former) { try play(step, of: state) }
    }

    private func claimFalsely(_ renewal: Int, _ step: Int) async throws {
        guard let state = try self.renewal(renewal) else { return }
        let open = state.steps(.configurePartner)
            .filter { step in
                state.progress(of: step.id).state == .open
                    && step.tracks.allSatisfy { state.plan.tracks[$0].variant != .only }
            }
        guard !open.isEmpty, let liar = people.first(where: { $0.holds(open[step % open.count].by) }) else { return }
        let chosen = open[step % open.count]
        if try await letsAct(chosen, of: state) { try play(chosen, of: state, isHonest: false) }
        _ = try await engine.claim(chosen.id, of: state.id, by: liar)
    }

    private func letsAct(_ step: PlannedStep, of state: RenewalState) async throws -> Bool {
        let view = try await engine.show(state.id)
        return !view.status.isFinal && view.steps.contains { $0.id == step.id && $0.guardView.letsAct }
    }

    private func input(for step: PlannedStep) -> StepInput {
        step.needs.contains(.certificate) ? StepInput(certificatePEM: nextCertificate()) : StepInput()
    }

    private func acknowledge(_ reader: Int) async throws {
        defer { if reader == 0 { try? readOfCompromises() } }
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
