package import FoundationEssentials
package import Keystore

/// What the journal says about a renewal: a pure fold, the same for the same entries.
package struct RenewalState: Hashable, Sendable {
    /// The renewal.
    package let id: RenewalID
    /// Its plan.
    package private(set) var plan: RenewalPlan
    /// When the plan was made.
    package let plannedAt: Date
    /// The number of the last entry.
    package private(set) var lastSequence: Int
    /// Whether the plan was changed since it was made.
    package private(set) var isReplanned = false
    /// Who approved the plan, and when; `nil` before.
    package private(set) var approval: Approval?
    /// When work began; `nil` before.
    package private(set) var startedAt: Date?
    /// Whether a rehearsal switched the guards off.
    package private(set) var isUnguarded = false
    /// The version that takes the old one's place; `nil` until it is in the keystore.
    package private(set) var newVersion: KeyVersionID?
    /// Whether it was staged before the renewal took it.
    package private(set) var isNewVersionTaken = false
    /// The keyset generation from which on the new version is accepted.
    package private(set) var stagedGeneration: Int?
    /// When the alias changed.
    package private(set) var exchangedAt: Date?
    /// The partners that moved to the new version by themselves, and when.
    package private(set) var movedPartners: [PartnerID: Date] = [:]
    /// When the tenant stopped accepting the old version.
    package private(set) var stoppedAcceptingAt: Date?
    /// The trials of the new version, in their order.
    package private(set) var probes: [ProbeRecord] = []
    /// The share of each receiver's messages that tries the new version out.
    package private(set) var canaries: [PartnerID: CanaryRecord] = [:]
    /// How often each alert was raised.
    package private(set) var alerts: [RenewalAlert: Int] = [:]
    /// What trials did with the new version before the exchange.
    package private(set) var priorUses: [PriorUse] = []
    /// Whether the system rolled it back or aborted it, as an agreed downtime said.
    package private(set) var isEndedBySystem = false
    /// How it ended; `nil` before.
    private(set) var end: RenewalStatus?
    private var progresses: [StepID: StepProgress]

    /// Who approved a plan, and when.
    package struct Approval: Hashable, Sendable {
        /// The person.
        package let by: Actor
        /// The moment.
        package let at: Date
    }

    /// Folds a whole journal.
    package init(folding entries: [JournalEntry], of id: RenewalID) throws(JournalError) {
        guard let first = entries.first, case .planned(let plan) = first.event else { throw .noPlan(id) }
        guard first.sequence == 1, first.renewal == id else {
            throw .outOfSequence(expected: 1, found: first.sequence)
        }
        self.id = id
        self.plan = plan
        plannedAt = first.at
        lastSequence = 1
        progresses = Self.progresses(of: plan)
        for entry in entries.dropFirst() { try apply(entry) }
    }

    /// Applies the next entry.
    package mutating func apply(_ entry: JournalEntry) throws(JournalError) {
        guard entry.renewal == id, entry.sequence == lastSequence + 1 else {
            throw .outOfSequence(expected: lastSequence + 1, found: entry.sequence)
        }
        if let step = entry.event.step {
            guard var progress = progresses[step] else { throw .unknownStep(step) }
            progress.apply(entry)
            progresses[step] = progress
        }
        try applyToRenewal(entry)
        if let alert = RenewalAlert(entry.event) { alerts[alert, default: 0] += 1 }
        lastSequence = entry.sequence
    }

    /// What happened to a step.
    package func progress(of step: StepID) -> StepProgress { progresses[step] ?? StepProgress() }

    private static func progresses(of plan: RenewalPlan) -> [StepID: StepProgress] {
        Dictionary(plan.steps.map { ($0.id, StepProgress()) }, uniquingKeysWith: { first, _ in first })
    }

    private mutating func applyToRenewal(_ entry: JournalEntry) throws(JournalError) {
        switch entry.event {
        case .planned: throw .plannedTwice
        case .replanned(let plan):
            self.plan = plan
            isReplanned = true
            progresses = Self.progresses(of: plan)
        case .approved: approval = Approval(by: entry.actor, at: entry.at)
        case .started(let unguarded):
            startedAt = entry.at
            isUnguarded = unguarded
        case .versionAdded(_, let version, let generation):
            newVersion = version
            stagedGeneration = generation
        case .versionTaken(_, let version, let generation):
            newVersion = version
            isNewVersionTaken = true
            stagedGeneration = generation
        case .exchanged: exchangedAt = entry.at
        case .moved(_, let partner, _, _): movedPartners[partner] = entry.at
        case .movedBack(_, let partner, _, _, _): movedPartners[partner] = nil
        case .takenBack(let step, let partner, _, _): takeBack(partner, step)
        case .stoppedAccepting: stoppedAcceptingAt = entry.at
        case .probeBegan(_, let probe): probes.append(ProbeRecord(probe: probe, begunAt: entry.at))
        case .probed(_, let probe, let finding): conclude(probe, finding, at: entry.at)
        case .usedBefore(_, let uses):
            let tracks = Set(uses.map(\.track))
            priorUses = priorUses.filter { !tracks.contains($0.track) } + uses
        case .canaryMoved(_, let canary):
            canaries[canary.partner] = CanaryRecord(canary: canary, since: entry.at)
        case .compromised: end = .compromised
        case .rolledBack: (end, isEndedBySystem) = (.rolledBack, entry.actor.role == .system)
        case .aborted: (end, isEndedBySystem) = (.aborted, entry.actor.role == .system)
        case .completed: end = .completed
        case .opened, .claimed, .agreed, .informed, .acknowledged, .verified, .failed, .overrideRequested, .overridden,
            .skipped, .becameOverdue, .oldKeySeen, .destroyed, .doubled, .confirmed, .windowProposed, .windowCancelled,
            .downtimeBegan, .downtimeEnded, .downtimeOverran, .reminded, .escalated:
            break
        }
    }
}

extension RenewalState {
    /// A self-test may end without a beginning of its own: its offer stands as long as the new version is on trial.
    private mutating func conclude(_ probe: Probe, _ finding: ProbeFinding, at moment: Date) {
        if !probes.contains(where: { $0.probe.name == probe.name }) {
            probes.append(ProbeRecord(probe: probe, begunAt: moment))
        }
        for index in probes.indices where probes[index].probe.name == probe.name {
            probes[index].finding = finding
            probes[index].endedAt = moment
        }
    }
}

extension RenewalState {
    /// Where the alias itself had changed, everybody else counts as having moved by itself from now on.
    private mutating func takeBack(_ partner: PartnerID, _ agreement: StepID) {
        if let exchangedAt {
            for other in steps(.exchange).compactMap(partner(movingAt:)) where movedPartners[other] == nil {
                movedPartners[other] = exchangedAt
            }
        }
        exchangedAt = nil
        movedPartners[partner] = nil
        for step in plan.steps(inDowntime: agreement) { progresses[step]?.beginAnew() }
    }
}
