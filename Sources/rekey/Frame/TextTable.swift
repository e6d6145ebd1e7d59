import Foundation

/// Rows under headings, in columns as wide as their longest cell.
struct TextTable {
    private let rows: [[String]]

    init(_ headings: [String], _ rows: [[String]]) {
        self.rows = [headings.map { $0.uppercased() }] + rows
    }

    /// The lines, without trailing space.
    var text: String {
        let columns = rows.map(\.count).max() ?? 0
        let widths = (0..<columns)
            .map { column in
                rows.map { column < $0.count ? $0[column].count : 0 }.max() ?? 0
            }
        return rows.map { line(of: $0, widths: widths) }.joined(separator: "\n")
    }

    private func line(of row: [String], widths: [Int]) -> String {
        let cells = zip(row, widths)
            .map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
        var line = cells.joined(separator: "  ")
        while line.last == " " { line.removeLast() }
        return line
    }
}
