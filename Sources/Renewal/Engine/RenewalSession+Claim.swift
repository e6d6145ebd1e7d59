import FoundationEssentials
import Keystore

extension RenewalSession {
    /// A role says that it did its step, or does it now; refuses what is another's, too early or not proved.
    mutating func claim(_ id: StepID, by actor: Actor, _ input: StepInput) throws {
        let step = try step(id)
        try checkActor(actor, for: step)
        try checkRunning()
        if step.kind == .destroy, state.progress(of: id).state == .claimed {
            return try approveDestruction(step, by: actor)
        }
        try input.check(for: step)
        let isEarly = try checkOpen(step, by: actor)
        if isEarly { try checkPossible(step) }
        try perform(step, by: actor, input, isEarly: isEarly)
    }

    private mutating func perform(_ step: PlannedStep, by actor: Actor, _ input: StepInput, isEarly: Bool) throws {
        if step.kind == .agreeDowntime { return try agree(step, by: actor, input) }
        let certificate = step.needs.contains(.certificate) ? try certificatePEM(input, for: step) : nil
        try record(.claimed(step: step.id, note: input.note, outOfOrder: isEarly), by: actor)
        switch (step.kind, step.by.role) {
        case (.createKeyPair, .tenantAdministrator): try createKeyPair(at: step, by: actor, input)
        case (.provideCertificate, _):
            if let certificate { try addCertificate(certificate, input.fingerprint, at: step, by: actor) }
            try inform(step, by: actor)
        case (.confirmPartner, _): try inform(step, by: actor)
        case (.exchange, _): try exchange(at: step, by: actor)
        case (.protectTwice, _): try protectTwice(at: step, by: actor)
        case (.removeOld, .tenantAdministrator): try stopAccepting(at: step, by: actor)
        default: break
        }
    }

    func step(_ id: StepID) throws -> PlannedStep {
        guard let step = state.step(id) else { throw RenewalRefusal.unknownStep(id, in: state.id) }
        return step
    }

    private func checkActor(_ actor: Actor, for step: PlannedStep) throws {
        let parties = step.kind == .agreeDowntime ? [step.by] + [step.to].compactMap(\.self) : [step.by]
        guard !parties.contains(where: actor.holds) else { return }
        throw RenewalRefusal.notTheirs(step, parties, actor)
    }

    func checkRunning() throws {
        guard state.startedAt != nil, !state.isOver else { throw RenewalRefusal.notRunning(state) }
    }

    /// Returns whether the claim is out of order, which only an unguarded rehearsal accepts.
    private mutating func checkOpen(_ step: PlannedStep, by actor: Actor) throws -> Bool {
        let progress = state.progress(of: step.id)
        if step.kind.isPerformedBySystem, !progress.state.isSettled {
            throw RenewalRefusal.bySystem(step, try proofVerdict(of: step))
        }
        switch progress.state {
        case .open:
            guard isGuarded(step), let shortfall = try entryVerdict(of: step).shortfall else { return false }
            throw RenewalRefusal.guarded(step, shortfall)
        case .waiting:
            guard isGuarded(step) else { return true }
            if let refusal = try refusalOfWaiting(step, to: actor) { throw refusal }
            try open(step)
            return false
        case .claimed, .verified, .failed, .overridden, .skipped:
            throw RenewalRefusal.alreadyDone(step, progress)
        }
    }

    /// What a step waits for: those before it, and what proves the first of them where that was claimed; or its guard.
    ///
    /// `nil` where it waits for nothing any more, and only has not been opened yet.
    func refusalOfWaiting(_ step: PlannedStep, to actor: Actor) throws -> RenewalRefusal? {
        let missing = state.allMissing(before: step)
        let shortfall = try entryVerdict(of: step).shortfall
        guard let first = missing.first else { return shortfall.map { .guarded(step, $0) } }
        let isClaimed = state.progress(of: first.id).state == .claimed
        let wait = isClaimed ? try wait(for: first, told: actor) : nil
        return .notOpen(step, first: first, missing: missing, shortfall, wait: wait, to: actor)
    }

    /// What a claimed step's proof waits for; a partner is not told what other partners' traffic shows.
    private func wait(for step: PlannedStep, told actor: Actor) throws -> String {
        let isOwn = state.plan.partners(of: step).allSatisfy { $0.rawValue == actor.organisation }
        let verdict = try proofVerdict(of: step)
        let words =
            actor.role.isPartners && !isOwn
            ? ["the tenant has to see it in traffic; `rekey renewal show \(state.id)` shows when your step is open."]
            : [verdict.evidence.explanation, verdict.shortfall?.remedy].compactMap(\.self)
        return "Wait for the proof of \(step.id): \(words.joined(separator: " "))"
    }

    /// What even an unguarded rehearsal cannot do.
    private func checkPossible(_ step: PlannedStep) throws {
        guard step.kind == .exchange || step.kind == .protectTwice || step.offers.contains(.certificate),
            state.newVersion == nil
        else { return }
        throw RenewalRefusal.noNewVersion(step)
    }

    private func certificatePEM(_ input: StepInput, for step: PlannedStep) throws -> String {
        guard let pem = input.certificatePEM else { throw RenewalRefusal.certificateMissing(step) }
        return pem
    }

    /// Each party says when it can, and what both said is the downtime; a proposal that has passed by counts no more.
    private mutating func agree(_ step: PlannedStep, by actor: Actor, _ input: StepInput) throws {
        let party = Party(role: actor.role, organisation: actor.organisation)
        let window = try window(for: step, party, input.downtime)
        guard window.start < window.end, window.end > scope.now else { throw RenewalRefusal.badWindow(window) }
        try record(.agreed(step: step.id, party: party, window: window), by: actor)
        if state.progress(of: step.id).agreed.count == 2 {
            try record(.claimed(step: step.id, note: input.note, outOfOrder: false), by: actor)
        }
        try announceWindow(of: step)
    }

    private func window(for step: PlannedStep, _ party: Party, _ own: DowntimeWindow?) throws -> DowntimeWindow {
        let (progress, now) = (state.progress(of: step.id), scope.now)
        let usual = DowntimeWindow(start: now, end: now.advanced(by: scope.settings.downtime))
        guard let proposed = progress.window, proposed.end > now else { return own ?? usual }
        guard progress.agreed == [party] else { return own?.intersection(proposed) ?? proposed }
        guard let own else { throw RenewalRefusal.alreadyAgreed(step, party) }
        return own
    }
}
