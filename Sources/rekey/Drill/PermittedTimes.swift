import Foundation
import ManagementAPI

/// From when and until when each version may protect messages of each partner, by keystore and journals.
///
/// A version protects while it is the active one; before that in trials, and for a partner that moved by itself or gets both
/// keys' protection from that moment on.
struct PermittedTimes: Sendable {
    private struct Use: Hashable {
        let alias: String
        let version: Int
        /// nil for every partner.
        let partner: String?
    }

    private static let arrivals: Set = ["versionAdded", "versionTaken"]
    private static let trials: Set = ["probeBegan", "probed", "canaryMoved"]

    private var begins: [Use: Date] = [:]
    private var ends: [Use: Date] = [:]

    /// Nothing but the activation and the exchange.
    init() {}

    /// What the journals of all renewals say.
    init(of stage: Stage) async throws {
        for renewal in try await stage.administrator.renewals() {
            add(renewal, try await stage.administrator.journal(of: renewal.id))
        }
    }

    /// By how many seconds a use lies outside of its version's time.
    func overrun(of row: LedgerRow, _ version: KeyResource.Version?) -> Double {
        guard let version, let activatedAt = version.activatedAt ?? begin(row) else { return .infinity }
        let from = min(activatedAt, begin(row) ?? activatedAt)
        let until = [version.exchangedAt, version.notAfter, end(row)].compactMap(\.self).min() ?? .distantFuture
        return max(0, from.timeIntervalSince(row.firstAt), row.lastAt.timeIntervalSince(until))
    }

    private mutating func add(_ renewal: RenewalResource, _ journal: [JournalEntry]) {
        guard let new = renewal.newVersion, let old = renewal.oldVersion else { return }
        if journal.contains(where: { Self.trials.contains($0.event) }) {
            begin(renewal.alias, new, nil, journal.first { Self.arrivals.contains($0.event) }?.at)
        }
        for track in renewal.tracks {
            if let movedAt = track.movedAt {
                begin(renewal.alias, new, track.partner, movedAt)
                ends[Use(alias: renewal.alias, version: old, partner: track.partner)] = movedAt
            }
            if track.variant == "double" {
                begin(renewal.alias, new, track.partner, journal.first { $0.event == "doubled" }?.at)
            }
        }
        if let back = journal.first(where: { $0.event == "rolledBack" }) {
            ends[Use(alias: renewal.alias, version: new, partner: nil)] = back.at
        }
    }

    private mutating func begin(_ alias: String, _ version: Int, _ partner: String?, _ moment: Date?) {
        guard let moment else { return }
        let use = Use(alias: alias, version: version, partner: partner)
        begins[use] = min(moment, begins[use] ?? moment)
    }

    private func begin(_ row: LedgerRow) -> Date? { Self.uses(row).compactMap { begins[$0] }.min() }

    private func end(_ row: LedgerRow) -> Date? { Self.uses(row).compactMap { ends[$0] }.min() }

    private static func uses(_ row: LedgerRow) -> [Use] {
        [row.partner, nil].map { Use(alias: row.alias, version: row.version, partner: $0) }
    }
}
