import Foundation
import ManagementAPI

/// A partner's traffic in one use case, which stood still while the key was exchanged.
struct Downtime: Sendable {
    /// The partner.
    let partner: String
    /// When the last step that stopped it was done.
    private let stillAt: Date?
    /// When the first step that let it flow again was begun.
    private let resumedAt: Date?
    private let lastOldAt: Date?
    private let firstNewAt: Date?

    /// The downtime of a track; `moments` are those of the steps that stop traffic and let it flow again.
    init(
        of track: RenewalResource.Track,
        in renewal: RenewalResource,
        _ moments: [String: Date],
        _ ledger: [LedgerRow]
    ) {
        let own = renewal.steps.filter { step in
            step.useCases?.contains(track.useCase) == true && ["tenant", track.partner].contains(step.organisation)
        }
        func noted(_ kinds: Set<String>) -> [Date] {
            own.filter { kinds.contains($0.kind) }.compactMap { moments[$0.id] }
        }
        func uses(of version: Int?) -> [LedgerRow] {
            ledger.filter { row in
                row.alias == renewal.alias && row.version == version && row.partner == track.partner
                    && track.flows.contains(row.flow) && ["sign", "encrypt"].contains(row.purpose)
            }
        }
        partner = track.partner
        stillAt = noted(["undeployFlow", "stopSending"]).max()
        resumedAt = noted(["deployFlow", "startSending"]).min()
        lastOldAt = uses(of: renewal.oldVersion).map(\.lastAt).max()
        firstNewAt = uses(of: renewal.newVersion).map(\.firstAt).min()
    }

    /// Whether nothing was protected with either key between the stop and the resumption; both were used outside of it.
    var isSilent: Bool {
        guard let stillAt, let resumedAt, let lastOldAt, let firstNewAt else { return false }
        return lastOldAt <= stillAt && firstNewAt >= resumedAt
    }
}
