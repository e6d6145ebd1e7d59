import Foundation
import ManagementAPI

/// The report as a person reads it.
struct DrillTable {
    /// What it shows.
    let report: DrillReport

    /// The table of procedures, the crash rehearsal and the invariants.
    var text: String {
        let lost = report.procedures.reduce(report.crash?.lost ?? 0) { $0 + $1.lost }
        return [
            procedures,
            crash,
            invariants,
            "\(report.procedures.count) procedures, \(lost) messages lost, \(Int(report.elapsedSeconds)) s",
        ]
        .compactMap { $0 }.joined(separator: "\n\n")
    }

    private var procedures: String {
        TextTable(
            [
                "procedure", "variant", "sent", "answered", "refused", "held", "lost", "downtime", "last with old key",
                "first with new key", "weakest proof",
            ],
            report.procedures.map { row in
                [
                    row.case, row.variant, "\(row.sent)", "\(row.answered)", "\(row.refused)", "\(row.held)",
                    "\(row.lost)", String(format: "%.1f s", row.downtimeSeconds), Self.moment(row.lastOldAt),
                    Self.moment(row.firstNewAt), row.weakestProof,
                ]
            }
        )
        .text
    }

    private var crash: String? {
        report.crash.map { crash in
            "tenant killed \(crash.kills) times during \(crash.case) (\(crash.variant)): \(crash.sent) sent, "
                + "\(crash.answered) answered, \(crash.refused) refused and sent again, \(crash.lost) lost"
        }
    }

    private var invariants: String {
        TextTable(
            ["invariant", "", "seen"],
            report.invariants.map { ["\($0.number)", $0.holds ? "holds" : "FAILS", $0.detail] }
        )
        .text
    }

    private static func moment(_ date: Date?) -> String {
        date.map(ManagementCoding.text(of:)) ?? "-"
    }
}
