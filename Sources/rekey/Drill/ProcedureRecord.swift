import Foundation
import ManagementAPI

/// What happened while a procedure was carried out, for its row and for the invariants.
struct ProcedureRecord: Sendable {
    /// The procedure.
    let procedure: DrillProcedure
    /// The stop and the resume of traffic.
    let window: ProcedureRun.Window
    /// The last moment at which a message used the old version, in the rehearsal's clock.
    let lastOldAt: Date?
    /// The first moment at which a message used the new version.
    let firstNewAt: Date?
    /// One for each track with a downtime.
    let downtimes: [Downtime]
    /// The weakest grade among the proofs of the verified steps.
    let weakestProof: String
    /// Whether destroying the old key too early was tried and refused.
    let earlyDestroyRefused: Bool
    /// Whether a claim of another role's step was tried and refused.
    let foreignClaimRefused: Bool
    /// What the tenant's token held of its keys; nil where they are in no token.
    let tokenKeys: TokenKeys?

    /// The record of a procedure that ended as `renewal`.
    init(of run: ProcedureRun, ended renewal: RenewalResource, ledger: [LedgerRow], tokenKeys: TokenKeys? = nil) {
        procedure = run.procedure
        self.tokenKeys = tokenKeys
        window = run.window
        func uses(of version: Int?) -> [LedgerRow] {
            ledger.filter {
                row in
                row.alias == renewal.alias && row.version == version
                    && run.procedure.parts.contains { $0.tenantPurpose == row.purpose }
            }
        }
        lastOldAt = uses(of: renewal.oldVersion).map(\.lastAt).max()
        firstNewAt = uses(of: renewal.newVersion).map(\.firstAt).min()
        downtimes = renewal.tracks.filter { $0.variant == "single" }
            .map { Downtime(of: $0, in: renewal, run.window.moments, ledger) }
        weakestProof = Self.weakest(renewal.steps.compactMap(\.proof.reachedGrade))
        earlyDestroyRefused = run.refusals.contains { $0.attempt == ProcedureRun.earlyDestroy }
        foreignClaimRefused = run.refusals.contains { $0.attempt == ProcedureRun.foreignClaim }
    }

    private static func weakest(_ grades: [String]) -> String {
        ["asserted", "attested", "probed", "observed"].first(where: grades.contains) ?? "none"
    }
}
