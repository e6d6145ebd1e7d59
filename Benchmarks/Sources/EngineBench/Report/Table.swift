import Foundation

/// The result for people.
struct Table {
    let report: Report

    var text: String {
        var lines = [
            "RSA-2048 of libcrypto, raw: \(rate(report.rsaPrivatePerSecond)) private,"
                + " \(rate(report.rsaPublicPerSecond)) public operations per second",
            "",
            row("operation", "octets", "stack", "per second", "MB/s", "of limit", "rekey is", "peak MB", "spread"),
        ]
        for group in groups {
            let rekey = group.first { $0.stack == "rekey" }?.operationsPerSecond
            for row in group { lines.append(line(row, rekey)) }
        }
        return lines.joined(separator: "\n")
    }

    private var groups: [[Row]] {
        var groups: [[Row]] = []
        for row in report.rows {
            if let last = groups.last?.last, last.operation == row.operation, last.octetCount == row.octetCount {
                groups[groups.count - 1].append(row)
            } else {
                groups.append([row])
            }
        }
        return groups
    }

    private func line(_ row: Row, _ rekey: Double?) -> String {
        let share = row.limitPerSecond > 0 ? String(format: "%.2f", row.operationsPerSecond / row.limitPerSecond) : ""
        let ratio = rekey.map { row.stack == "rekey" ? "" : String(format: "× %.1f", $0 / row.operationsPerSecond) }
        return self.row(
            row.operation,
            String(row.octetCount),
            row.stack == "limit" && row.operation == "xml" ? "libxml2" : row.stack,
            rate(row.operationsPerSecond),
            String(format: "%.1f", row.megaoctetsPerSecond),
            share,
            ratio ?? "",
            String(format: "%.0f", Double(row.peakOctets) / 1e6),
            String(format: "%.0f %%", row.spread * 100)
        )
    }

    private func rate(_ value: Double) -> String { String(format: value < 100 ? "%.2f" : "%.0f", value) }

    private func row(_ columns: String...) -> String {
        let widths = [-15, 9, -14, 11, 9, 9, 9, 8, 7]
        return zip(columns, widths)
            .map { text, width in
                let space = String(repeating: " ", count: max(0, abs(width) - text.count))
                return width < 0 ? text + space : space + text
            }
            .joined(separator: " ")
    }
}
