import FoundationEssentials
import Keystore

/// One renewal inside one transaction: reads its journal, appends to it, and does what the keystore has to do.
struct RenewalSession {
    let transaction: any RenewalTransaction
    let scope: RenewalScope
    private(set) var state: RenewalState

    /// Opens a renewal that has a journal.
    init(opening id: RenewalID, _ transaction: any RenewalTransaction, _ scope: RenewalScope) throws {
        let entries = try transaction.journal(of: id)
        guard !entries.isEmpty else { throw RenewalRefusal.unknownRenewal(id) }
        self.transaction = transaction
        state = try RenewalState(folding: entries, of: id)
        self.scope = scope.waiting(as: state.plan)
    }

    /// Begins the journal of a new renewal.
    init(
        planning plan: RenewalPlan,
        as id: RenewalID,
        by actor: Actor,
        _ transaction: any RenewalTransaction,
        _ scope: RenewalScope
    ) throws {
        let event = RenewalEvent.planned(plan: plan)
        let entry = JournalEntry(renewal: id, sequence: 1, at: scope.now, actor: actor, event: event)
        self.transaction = transaction
        self.scope = scope
        state = try RenewalState(folding: [entry], of: id)
        try write(entry)
    }

    /// Appends one event to journal and audit log, and applies it.
    mutating func record(_ event: RenewalEvent, by actor: Actor) throws {
        let sequence = state.lastSequence + 1
        let entry = JournalEntry(renewal: state.id, sequence: sequence, at: scope.now, actor: actor, event: event)
        try state.apply(entry)
        try write(entry)
    }

    /// The keystore's decisions in this transaction, in the actor's name.
    func keys(by actor: Actor) -> KeyOperations {
        KeyOperations(transaction: transaction, masterKey: scope.masterKey, now: scope.now, actor: actor.description)
    }

    /// What a guard of the step has to look at.
    func facts(for step: PlannedStep) throws -> GuardFacts {
        try reader.facts(for: step)
    }

    var reader: FactReader { FactReader(transaction: transaction, state: state, scope: scope) }

    /// Whether the step may be done at this moment.
    func entryVerdict(of step: PlannedStep) throws -> GuardVerdict {
        if let other = try renewalBroken(by: step) { return .standstill(of: other) }
        if state.unrestored.contains(step) { return .restoring(state.stops(in: step).flatMap(\.flows)) }
        // Most steps wait for nothing but those before them.
        return scope.rules.entry(step.entry, step.entry == .none ? GuardFacts(now: scope.now) : try facts(for: step))
    }

    /// Whether the step is proved.
    func proofVerdict(of step: PlannedStep) throws -> GuardVerdict {
        guard !state.isUnguarded || step.proof.holdsInRehearsal else {
            return .satisfied(.asserted, "The guards are off in this rehearsal: nothing was looked at.")
        }
        if step.needs.contains(.secondPerson), let first = state.progress(of: step.id).claimedBy {
            return .missing(
                "\(first.name) asked for it; the approval of a second person is missing.",
                remedy: "Another \(step.by.role.words) has to claim the step too."
            )
        }
        guard step.proof.looksAtSystem else { return scope.rules.proof(step.proof, reader.statements(about: step)) }
        return scope.rules.proof(step.proof, try reader.facts(for: step))
    }

    /// Whether guards decide when this step may be done: always, but in an unguarded rehearsal only of destruction.
    func isGuarded(_ step: PlannedStep) -> Bool { !state.isUnguarded || step.entry == .retentionOver }

    private func write(_ entry: JournalEntry) throws {
        try transaction.appendJournal(entry)
        try transaction.save(RenewalStanding(state, look: NextLook(at: scope.now)))
        let step = entry.event.step.map { "/\($0)" } ?? ""
        try transaction.audit(
            at: entry.at,
            actor: entry.actor.description,
            action: "renewal.\(entry.event.name)",
            subject: "\(entry.renewal)\(step)",
            detail: entry.event.detail
        )
    }
}

extension ProofRule {
    /// Whether keystore, ledger or runtime have a say, and not only what people said.
    fileprivate var looksAtSystem: Bool {
        switch self {
        case .performed, .asserted, .acknowledged, .agreedByBoth: false
        case .onEveryNode, .flowStopped, .flowServing, .silence, .drained, .newKeyInTraffic, .partnerUsesNewKey,
            .trafficResumed, .retentionOver:
            true
        }
    }

    /// What an unguarded rehearsal keeps: what is said between roles, and the clocks of destruction.
    fileprivate var holdsInRehearsal: Bool {
        switch self {
        case .performed, .acknowledged, .agreedByBoth, .retentionOver: true
        case .asserted, .onEveryNode, .flowStopped, .flowServing, .silence, .drained, .newKeyInTraffic,
            .partnerUsesNewKey, .trafficResumed:
            false
        }
    }
}
