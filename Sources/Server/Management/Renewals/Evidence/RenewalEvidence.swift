import FoundationEssentials
import Keystore
import Renewal

/// Everything that proves how a renewal went, read at one moment.
struct RenewalEvidence {
    private static let auditLimit = 10_000

    let view: RenewalView
    let journal: [JournalEntry]
    /// What the journal comes to.
    private let state: RenewalState
    let versions: [KeyVersion]
    /// What the audit log says about the renewal and its key versions, in order.
    let audit: [AuditEntry]
    /// The first checkpoint that signs all of that.
    let checkpoint: AuditCheckpoint?
    /// The certificate that verifies the checkpoint.
    let signer: KeyVersion?
    let tenant: String
    let madeAt: Date
    let madeBy: Actor

    /// Reads it from one consistent state.
    init(
        of view: RenewalView,
        _ transaction: any RenewalTransaction,
        tenant: String,
        at now: Date,
        by actor: Actor
    ) throws {
        self.view = view
        self.tenant = tenant
        (madeAt, madeBy) = (now, actor)
        journal = try transaction.journal(of: view.id)
        state = try RenewalState(folding: journal, of: view.id)
        let ids = [view.oldVersion] + [view.newVersion].compactMap(\.self)
        versions = try ids.compactMap { try transaction.presentVersion($0) }
        var found = Set(try transaction.auditEntries(about: view.id.rawValue, limit: Self.auditLimit))
        for id in Set(ids + versions.map(\.id)) {
            found.formUnion(try transaction.auditEntries(about: id.description, limit: Self.auditLimit))
        }
        audit = found.sorted { $0.sequence < $1.sequence }
        let last = audit.last?.sequence ?? 0
        let checkpoint = try transaction.auditCheckpoints(after: last - 1, limit: 1).first
        self.checkpoint = checkpoint
        let alias = try KeyAlias(AuditSigning.aliasName)
        signer = try transaction.versions(of: alias)
            .first { $0.certificate?.auditKeyName == checkpoint?.key }
    }

    /// Who took part, with their roles and what they did how often.
    var people: [(actor: Actor, acts: Int)] {
        Dictionary(grouping: journal.map(\.actor), by: \.self).map { ($0.key, $0.value.count) }
            .sorted { $0.actor.description < $1.actor.description }
    }

    /// The downtimes that were taken back for one partner alone: when, why, and how long its traffic stood still.
    var takenBack: [(partner: String, reason: String, start: Date?, end: Date?)] {
        journal.enumerated()
            .compactMap { index, entry in
                guard case .takenBack(let step, let partner, let reason, _) = entry.event else { return nil }
                let start = journal[..<index].compactMap { $0.event.begin(of: step) }.last
                let end = journal[index...].lazy.compactMap { $0.event.end(of: step) }.first
                return (partner.rawValue, reason, start, end)
            }
    }

    /// Each downtime: with whom, from when to when it was planned, and from when to when traffic stood still.
    var downtimes: [(partners: String, planned: DowntimeWindow?, start: Date?, end: Date?)] {
        state.steps(.agreeDowntime)
            .map { step in
                let progress = state.progress(of: step.id)
                let partners = state.plan.partners(of: step).map(\.rawValue).joined(separator: ", ")
                return (partners, progress.window, progress.downtimeBeganAt, progress.downtimeEndedAt)
            }
    }
}

extension RenewalEvent {
    /// When a downtime began or ended, by the runtime's own state; `nil` for every other event.
    fileprivate func begin(of step: StepID) -> Date? {
        if case .downtimeBegan(step, let moment) = self { moment } else { nil }
    }

    fileprivate func end(of step: StepID) -> Date? {
        if case .downtimeEnded(step, let moment) = self { moment } else { nil }
    }
}
