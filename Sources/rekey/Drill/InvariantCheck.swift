import Foundation
import ManagementAPI

/// Holds what the rehearsal saw against the eight invariants of the renewal model.
struct InvariantCheck {
    /// The rows of the procedures carried out.
    let rows: [ProcedureRow]
    /// What happened in each.
    let records: [ProcedureRecord]
    /// The renewal during which the tenant was killed.
    let crash: CrashRow?
    /// The keystore at the end.
    let keys: [KeyResource]
    /// The key-use ledger at the end.
    let ledger: [LedgerRow]
    /// From when on versions on trial may have protected messages of trials.
    var trials: [String: Date] = [:]
    /// The audit log at the end.
    let audit: [AuditResource]
    /// The aliases that flows named before the first renewal, and at the end.
    let aliases: (before: Set<String>, after: Set<String>)

    /// The eight, in order; without the last where no crash was rehearsed.
    var all: [InvariantRow] {
        [
            noneLost, onlyActiveProtects, noneDestroyedEarly, nobodyForAnother, aliasStays, silentWindow, auditHolds,
        ] + [crash.map(resumes)].compactMap { $0 }
    }

    private var noneLost: InvariantRow {
        let lost = rows.reduce(crash?.lost ?? 0) { $0 + $1.lost }
        let sent = rows.reduce(crash?.sent ?? 0) { $0 + $1.sent }
        return InvariantRow(number: 1, holds: lost == 0, detail: "\(sent) messages sent, \(lost) lost")
    }

    /// Each use that protects lies between the activation of its version and the exchange of it.
    ///
    /// A node goes on with the former keyset until it has loaded the new one: the clock P, which is measured and bounded here.
    private var onlyActiveProtects: InvariantRow {
        let uses = ledger.filter { ["sign", "encrypt"].contains($0.purpose) }
        let overruns = uses.map(overrun)
        let longest = overruns.max() ?? 0
        let count = uses.reduce(0) { $0 + $1.count }
        let broken = zip(uses, overruns).first { $0.1 > Self.propagationBound }
            .map { use, overrun in
                "\(use.alias) version \(use.version) protected \(overrun) s outside of the time in which it was active"
            }
        return InvariantRow(
            number: 2,
            holds: broken == nil && count > 0,
            detail: broken
                ?? "\(count) protecting uses, each with the active version or of a named trial; a keyset took at most "
                + "\(Int((longest * 1000).rounded())) ms to reach the messages"
        )
    }

    /// How long a node may take to load a keyset, in seconds.
    private static let propagationBound = 1.0

    /// By how many seconds a use lies outside of its version's active time.
    private func overrun(of use: LedgerRow) -> Double {
        guard let version = version(use.alias, use.version), let from = version.activatedAt else { return .infinity }
        let begin = min(from, trials[TrialTimes.key(use.alias, use.version)] ?? from)
        let end = min(version.exchangedAt ?? .distantFuture, version.notAfter ?? .distantPast)
        return max(0, begin.timeIntervalSince(use.firstAt), use.lastAt.timeIntervalSince(end))
    }

    private var noneDestroyedEarly: InvariantRow {
        let destroyed = keys.flatMap(\.versions).filter { $0.destroyedAt != nil }
        let early = destroyed.filter { version in
            guard let exchangedAt = version.exchangedAt, let destroyedAt = version.destroyedAt else { return true }
            return destroyedAt.timeIntervalSince(exchangedAt) < 90 * 86_400
        }
        let refused = records.count { $0.earlyDestroyRefused }
        return InvariantRow(
            number: 3,
            holds: early.isEmpty && refused == records.count,
            detail: "\(destroyed.count) destroyed, \(early.count) of them before 90 days; "
                + "\(refused) of \(records.count) early destroys tried and refused"
        )
    }

    private var nobodyForAnother: InvariantRow {
        let refused = records.count { $0.foreignClaimRefused }
        return InvariantRow(
            number: 4,
            holds: refused == records.count,
            detail: "\(refused) of \(records.count) claims of another role's step tried and refused"
        )
    }

    private var aliasStays: InvariantRow {
        let exchanged = keys.filter { key in key.versions.contains { $0.exchangedAt != nil } }.count
        return InvariantRow(
            number: 5,
            holds: aliases.before == aliases.after,
            detail: "\(exchanged) aliases exchanged, the flows name the same \(aliases.after.count) as before"
        )
    }

    private var silentWindow: InvariantRow {
        let single = records.filter { $0.procedure.variant == "single" }
        let broken = single.filter { record in
            guard let stoppedAt = record.window.stoppedAt, let resumedAt = record.window.resumedAt else { return true }
            return (record.lastOldAt ?? .distantFuture) > stoppedAt || (record.firstNewAt ?? .distantPast) < resumedAt
        }
        return InvariantRow(
            number: 6,
            holds: broken.isEmpty,
            detail: broken.first.map { "\($0.procedure.title) protected messages within its window" }
                ?? "\(single.count) windows, nothing protected with either key within them"
        )
    }

    private var auditHolds: InvariantRow {
        let fault = OfflineAudit.fault(in: audit)
        return InvariantRow(
            number: 7,
            holds: fault == nil && !audit.isEmpty,
            detail: fault ?? "\(audit.count) entries, chain verified offline"
        )
    }

    /// The rehearsal got here, so the renewal was completed.
    private func resumes(_ crash: CrashRow) -> InvariantRow {
        InvariantRow(
            number: 8,
            holds: crash.lost == 0 && crash.kills > 0,
            detail: "killed \(crash.kills) times in one renewal, completed, \(crash.lost) lost"
        )
    }

    private func version(_ alias: String, _ number: Int) -> KeyResource.Version? {
        keys.first { $0.alias == alias }?.versions.first { $0.number == number }
    }
}
