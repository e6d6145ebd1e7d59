import Foundation
import ManagementAPI

/// Holds what the rehearsal saw against the invariants of the renewal model.
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
    /// When each version may have protected whose messages.
    var times = PermittedTimes()
    /// The audit log at the end.
    let audit: [AuditResource]
    /// The aliases that flows named before the first renewal, and at the end.
    let aliases: (before: Set<String>, after: Set<String>)

    /// All, in order; without the eighth where no crash was rehearsed, and the ninth where no key was in a token.
    var all: [InvariantRow] {
        [
            noneLost, onlyActiveProtects, noneDestroyedEarly, nobodyForAnother, aliasStays, silentWindow, auditHolds,
        ] + [crash.map(resumes), keysStayInToken].compactMap { $0 }
    }

    private var noneLost: InvariantRow {
        let lost = rows.reduce(crash?.lost ?? 0) { $0 + $1.lost }
        let sent = rows.reduce(crash?.sent ?? 0) { $0 + $1.sent }
        return InvariantRow(
            number: 1,
            holds: lost == 0,
            [InvariantRow.Figure(sent, "messages sent"), InvariantRow.Figure(lost, "lost")]
        )
    }

    /// Each use that protects lies in the time in which its version protects for its partner.
    ///
    /// A node goes on with the former keyset until it has loaded the new one: the clock P, which is measured and bounded here.
    private var onlyActiveProtects: InvariantRow {
        let uses = ledger.filter { ["sign", "encrypt"].contains($0.purpose) }
        let overruns = uses.map { times.overrun(of: $0, version($0.alias, $0.version)) }
        let count = uses.reduce(0) { $0 + $1.count }
        let broken = zip(uses, overruns).filter { $0.1 > Self.propagationBound }
        let longest = overruns.filter { $0 <= Self.propagationBound }.max() ?? 0
        return InvariantRow(
            number: 2,
            holds: broken.isEmpty && count > 0,
            [
                InvariantRow.Figure(count, "protecting uses"),
                InvariantRow.Figure(broken.count, "ledger rows outside of their version's time"),
                InvariantRow.Figure(Int((longest * 1000).rounded()), "ms until a keyset was in use", isMaximum: true),
            ],
            fault: broken.first.map { use, overrun in
                "\(use.alias) version \(use.version) protected for \(use.partner) \(overrun) s outside of its time"
            }
        )
    }

    /// How long a node may take to load a keyset, in seconds.
    private static let propagationBound = 1.0

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
            [
                InvariantRow.Figure(destroyed.count, "destroyed"),
                InvariantRow.Figure(early.count, "of them before 90 days"),
                InvariantRow.Figure(records.count, "early destroys tried"), InvariantRow.Figure(refused, "refused"),
            ]
        )
    }

    private var nobodyForAnother: InvariantRow {
        let refused = records.count { $0.foreignClaimRefused }
        return InvariantRow(
            number: 4,
            holds: refused == records.count,
            [
                InvariantRow.Figure(records.count, "claims of another role's step tried"),
                InvariantRow.Figure(refused, "refused"),
            ]
        )
    }

    private var aliasStays: InvariantRow {
        let exchanged = keys.filter { key in key.versions.contains { $0.exchangedAt != nil } }.count
        let changed = aliases.before.symmetricDifference(aliases.after)
        return InvariantRow(
            number: 5,
            holds: changed.isEmpty && !aliases.after.isEmpty,
            [
                InvariantRow.Figure(exchanged, "aliases exchanged"),
                InvariantRow.Figure(aliases.after.count, "named by the flows"),
                InvariantRow.Figure(changed.count, "of them changed"),
            ],
            fault: changed.min()
        )
    }

    private var silentWindow: InvariantRow {
        let downtimes = records.flatMap { record in record.downtimes.map { (record.procedure, $0) } }
        let broken = downtimes.filter { !$0.1.isSilent }
        return InvariantRow(
            number: 6,
            holds: broken.isEmpty,
            [
                InvariantRow.Figure(downtimes.count, "downtimes"),
                InvariantRow.Figure(broken.count, "with a use of either key within"),
            ],
            fault: broken.first.map { "\($0.0.title), \($0.1.partner)" }
        )
    }

    private var auditHolds: InvariantRow {
        let fault = OfflineAudit.fault(in: audit)
        return InvariantRow(
            number: 7,
            holds: fault == nil && !audit.isEmpty,
            [InvariantRow.Figure(audit.count, "audit entries, their chain verified offline")],
            fault: fault
        )
    }

    /// The rehearsal got here, so the renewal was completed.
    private func resumes(_ crash: CrashRow) -> InvariantRow {
        InvariantRow(
            number: 8,
            holds: crash.lost == 0 && crash.kills > 0,
            [
                InvariantRow.Figure(crash.kills, "kills in renewals that were completed"),
                InvariantRow.Figure(crash.lost, "lost"),
            ]
        )
    }

    private var keysStayInToken: InvariantRow? {
        let seen = records.compactMap { record in record.tokenKeys.map { (record.procedure, $0) } }
        guard !seen.isEmpty else { return nil }
        return InvariantRow(
            number: 9,
            holds: seen.allSatisfy { $0.1.isRight },
            [
                InvariantRow.Figure(seen.count, "renewals within a token"),
                InvariantRow.Figure(seen.count { $0.1.isOldKept }, "old key pairs in it until their clocks were over"),
                InvariantRow.Figure(seen.count { $0.1.isOldGone }, "gone after that"),
                InvariantRow.Figure(seen.count { $0.1.isNewThere }, "new ones in it"),
            ],
            fault: seen.first { !$0.1.isRight }?.0.title
        )
    }

    private func version(_ alias: String, _ number: Int) -> KeyResource.Version? {
        keys.first { $0.alias == alias }?.versions.first { $0.number == number }
    }
}
