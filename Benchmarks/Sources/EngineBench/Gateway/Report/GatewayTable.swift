import Foundation

/// The result for people.
struct GatewayTable {
    let report: GatewayReport

    var text: String {
        let rates = "\(number(report.rsaPrivatePerSecond)) private, \(number(report.rsaPublicPerSecond)) public"
        let names = ["flow", "octets", "gateway", "per CPU s", "of limit", "rekey is", "per s", "spread", "median ms"]
        let head = row(names + ["p99 ms half", "× median", "intake/s", "RSS MB"])
        return (["openssl speed, RSA-2048: \(rates) operations per second", "", head] + report.rows.map(line))
            .joined(separator: "\n")
    }

    private func line(_ row: GatewayRow) -> String {
        let rekey = report.rows.first { $0.flow == row.flow && $0.octetCount == row.octetCount && $0.stack == "rekey" }
        let ratio = rekey.map {
            row.stack == "rekey" ? "" : String(format: "× %.2f", $0.perCPUSecond / row.perCPUSecond)
        }
        return self.row([
            row.flow, "\(row.octetCount)", row.stack, number(row.perCPUSecond),
            row.stack == "nginx" ? "" : String(format: "%.2f", row.ofLimit), ratio ?? "", number(row.perSecond),
            String(format: "%.0f %%", row.spread * 100), String(format: "%.2f", row.medianMilliseconds),
            String(format: "%.2f", row.halfLoad99Milliseconds),
            String(format: "%.1f", row.halfLoad99Milliseconds / row.medianMilliseconds),
            row.intakePerSecond.map(number) ?? "", String(format: "%.0f", Double(row.residentOctets) / 1e6),
        ])
    }

    private func number(_ value: Double) -> String { String(format: "%.0f", value) }

    private func row(_ columns: [String]) -> String {
        let widths = [-13, 7, -8, 10, 9, 9, 8, 7, 10, 12, 9, 9, 7]
        return zip(columns, widths)
            .map { text, width in
                let space = String(repeating: " ", count: max(0, abs(width) - text.count))
                return width < 0 ? text + space : space + text
            }
            .joined(separator: " ")
    }
}
