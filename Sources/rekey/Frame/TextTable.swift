/// Rows under headings, in columns as wide as their longest cell; on a terminal the widest ones are wrapped between words.
struct TextTable {
    private static let gap = 2

    private let rows: [[String]]

    init(_ headings: [String], _ rows: [[String]]) {
        self.rows = [headings.map { $0.uppercased() }] + rows
    }

    /// The lines, without trailing space; where the output is no terminal one for each row, for programs.
    var text: String { text(within: Terminal.columns) }

    /// The lines in so many columns, as far as words allow, which are never cut, since names are copied.
    ///
    /// Nil does not wrap.
    func text(within columns: Int?) -> String {
        let widths = widths(within: columns)
        return rows.flatMap { lines(of: $0, widths) }.joined(separator: "\n")
    }

    private func widths(within columns: Int?) -> [Int] {
        var widths = widest { $0.count }
        guard let columns else { return widths }
        let least = widest { $0.split(separator: " ").map(\.count).max() ?? 0 }
        var surplus = widths.reduce(0, +) + Self.gap * max(widths.count - 1, 0) - columns
        while surplus > 0,
            let column = widths.indices.filter({ widths[$0] > least[$0] }).max(by: { widths[$0] < widths[$1] })
        {
            widths[column] -= 1
            surplus -= 1
        }
        return widths
    }

    /// The greatest measure of each column's cells.
    private func widest(_ measure: (String) -> Int) -> [Int] {
        (0..<(rows.map(\.count).max() ?? 0))
            .map { column in rows.map { column < $0.count ? measure($0[column]) : 0 }.max() ?? 0 }
    }

    private func lines(of row: [String], _ widths: [Int]) -> [String] {
        let cells = zip(row, widths).map { cell, width in cell.count <= width ? [cell] : Self.wrapped(cell, width) }
        return (0..<(cells.map(\.count).max() ?? 0))
            .map { index in
                let parts = zip(cells, widths)
                    .map { lines, width in
                        let part = index < lines.count ? lines[index] : ""
                        return part + String(repeating: " ", count: width - part.count)
                    }
                var line = parts.joined(separator: String(repeating: " ", count: Self.gap))
                while line.last == " " { line.removeLast() }
                return line
            }
    }

    /// A cell in lines of `width`, none of whose words is longer.
    private static func wrapped(_ cell: String, _ width: Int) -> [String] {
        cell.split(separator: " ")
            .reduce(into: []) { lines, word in
                if let line = lines.last, line.count + 1 + word.count <= width {
                    lines[lines.count - 1] = line + " " + word
                } else {
                    lines.append(String(word))
                }
            }
    }
}
