/// HTML that was made from texts: what came in as text never becomes markup.
struct HTML: ExpressibleByStringInterpolation {
    /// The markup.
    private(set) var markup: String

    /// Markup that is written in the program.
    init(stringLiteral markup: String) {
        self.markup = markup
    }

    init(stringInterpolation: Interpolation) {
        markup = stringInterpolation.markup
    }

    /// Puts markup together: texts are escaped, other HTML is taken as it is.
    struct Interpolation: StringInterpolationProtocol {
        fileprivate var markup = ""

        init(literalCapacity: Int, interpolationCount: Int) {}

        mutating func appendLiteral(_ literal: String) { markup += literal }

        mutating func appendInterpolation(_ html: HTML) { markup += html.markup }

        mutating func appendInterpolation(_ parts: [HTML]) { for part in parts { markup += part.markup } }

        mutating func appendInterpolation(_ text: String) { markup += HTML.escaped(text) }

        mutating func appendInterpolation(_ number: Int) { markup += "\(number)" }
    }

    /// A table with a head; nothing when it has no rows.
    static func table(_ head: [String], _ rows: [[HTML]]) -> HTML {
        guard !rows.isEmpty else { return "<p>None.</p>\n" }
        let cells = { (row: [HTML]) -> HTML in "<tr>\(row.map { "<td>\($0)</td>" as HTML })</tr>\n" }
        return
            "<table><thead><tr>\(head.map { "<th>\($0)</th>" as HTML })</tr></thead><tbody>\n\(rows.map(cells))</tbody></table>\n"
    }

    /// Control characters that HTML forbids are replaced, and what begins or ends markup is escaped.
    private static func escaped(_ text: String) -> String {
        var markup = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": markup += "&amp;"
            case "<": markup += "&lt;"
            case ">": markup += "&gt;"
            case "\"": markup += "&quot;"
            case "'": markup += "&#39;"
            case "\t", "\n": markup.unicodeScalars.append(scalar)
            case _ where scalar.value < 32 || (127..<160).contains(scalar.value): markup += "\u{FFFD}"
            default: markup.unicodeScalars.append(scalar)
            }
        }
        return markup
    }
}
