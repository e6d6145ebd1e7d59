import Foundation

/// What `rekey drill -o json` prints.
struct DrillReport: Encodable, Sendable {
    /// A row per procedure, in the order in which they were carried out.
    var procedures: [ProcedureRow] = []
    /// One renewal more, with the tenant killed (SIGKILL) at every step; absent when it was left out.
    var crash: CrashRow?
    /// The invariants of the renewal model; without the eighth where the crash was left out, with the ninth where the
    /// tenant's keys were in a token.
    var invariants: [InvariantRow] = []
    /// Metrics of the catalogue that the tenant did not show at the end.
    var missingMetrics: [String] = []
    /// How long the rehearsal took, in seconds of the system's clock.
    var elapsedSeconds: Double = 0

    /// Whether no message was lost and every invariant holds.
    var isGood: Bool {
        procedures.allSatisfy { $0.lost == 0 } && (crash?.lost ?? 0) == 0 && invariants.allSatisfy(\.holds)
    }
}

extension DrillReport {
    /// Adds the report of another stage; an invariant holds when it held on both.
    mutating func add(_ other: DrillReport) {
        procedures += other.procedures
        crash = crash ?? other.crash
        elapsedSeconds = max(elapsedSeconds, other.elapsedSeconds)
        missingMetrics =
            invariants.isEmpty ? other.missingMetrics : missingMetrics.filter(other.missingMetrics.contains)
        for row in other.invariants {
            if let index = invariants.firstIndex(where: { $0.number == row.number }) {
                invariants[index].add(row)
            } else {
                invariants.append(row)
            }
        }
    }
}

/// What one procedure did to the traffic.
struct ProcedureRow: Encodable, Sendable {
    /// The use case's type name.
    let `case`: String
    /// `dual`, `single`, `only` or `mixed`, and what its plan chose or how it departed.
    let variant: String
    /// Messages that the senders started.
    let sent: Int
    /// Messages that ended well: answered, or accepted one-way and delivered.
    let answered: Int
    /// Attempts that the tenant refused for the moment (503), each sent again.
    let refused: Int
    /// One-way messages that the tenant kept until the window was over.
    let held: Int
    /// Messages that were sent and neither ended well nor are kept.
    let lost: Int
    /// From the stop to the first message after it, in the rehearsal's clock; 0 without a window.
    let downtimeSeconds: Double
    /// The weakest grade among the proofs of its steps.
    let weakestProof: String
    /// The last use of the old key by a message, and the first of the new one.
    let lastOldAt: Date?
    /// See `lastOldAt`.
    let firstNewAt: Date?
}

/// The renewal during which the tenant was killed.
struct CrashRow: Encodable, Sendable {
    /// The use case's type name.
    let `case`: String
    /// `dual`, `single` or `only`.
    let variant: String
    /// How often the tenant was killed and started again.
    let kills: Int
    /// Messages that the senders started.
    let sent: Int
    /// Messages that ended well.
    let answered: Int
    /// Attempts that found no tenant, each sent again.
    let refused: Int
    /// Messages that were sent and neither ended well nor are kept.
    let lost: Int
}
