import Foundation
import Testing

/// What came of every cell in one direction; prints itself and records each failure.
struct Matrix {
    enum Result {
        case passed
        case failed(String)
        /// The peer cannot do it.
        case impossible(String)
    }

    let title: String
    private(set) var results: [(cell: Cell, result: Result)] = []

    init(title: String) {
        self.title = title
    }

    mutating func note(_ cell: Cell, _ result: Result) {
        results.append((cell, result))
    }

    /// Prints the summary; a failed cell is an issue of the running test.
    func report() {
        print(summary)
        for case (let cell, .failed(let reason)) in results {
            Issue.record("\(title): \(cell.row), \(cell.column): \(reason)")
        }
    }

    private var summary: String {
        let passed = results.count { if case .passed = $0.result { true } else { false } }
        let impossible = results.count { if case .impossible = $0.result { true } else { false } }
        var lines = [
            "\(title): \(passed) of \(results.count - impossible) cells pass, \(impossible) the peer cannot do"
        ]
        for row in unique(results.map(\.cell.row)) {
            let marks = results.filter { $0.cell.row == row }.map { mark($0.result) }
            lines.append("  " + row.padding(toLength: 32, withPad: " ", startingAt: 0) + marks.joined(separator: " "))
        }
        lines.append("  columns: " + unique(results.map(\.cell.column)).joined(separator: ", "))
        let reasons = results.compactMap { if case .impossible(let reason) = $0.result { reason } else { nil } }
        lines += unique(reasons).map { "  – cannot: \($0)" }
        return lines.joined(separator: "\n")
    }

    private func mark(_ result: Result) -> String {
        switch result {
        case .passed: "ok  "
        case .failed: "FAIL"
        case .impossible: "–   "
        }
    }

    private func unique(_ values: [String]) -> [String] {
        values.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }
}
