import TestSupport

/// Writes random documents that are hard for a canonicalizer: many tags and namespaces, every kind of markup, odd spacing.
struct DocumentGenerator {
    private var random: SeededGenerator
    private var octets: [UInt8] = []
    private(set) var elementCount = 0
    private var budget = 0
    /// By prefix, the URIs in scope, the innermost last; the empty URI for no namespace.
    private var scopes: [[String: String]] = [[:]]

    static let prefixes = ["a", "b", "c", "d1", "e-e", "\u{E4}"]
    private static let uris = [
        "urn:1", "urn:2", "http://example.org/a", "http://example.org/A", "urn:x%20y", "http://a/b?c#d",
    ]
    private static let names = ["x", "Y", "z.z", "a", "b-1", "_", "n\u{E9}", "Body"]
    /// Where libxml2 2.9.14 joins as the recommendation says.
    private static let bases = [
        "http://example.org/a/", "http://example.org/a/b?c&amp;d", "http://example.org", "/c/d", "e/f", "g/", "../h",
        "../../i/", "./j", "urn:k",
    ]
    private static let texts = [
        "text", " ", "\n", "\r\n", "\r", "\t", "&lt;", "&amp;", "&gt;", "&quot;", "&#13;", "&#x9;", "&#10;",
        "&#x1F511;", "a>",
        "]]", "]", "\"", "'", "\u{E4}\u{20AC}", "\u{1F511}", "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=", "&#xD;\n",
        "\r\r\n\n",
    ]

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// The next document.
    mutating func document() -> String {
        octets = []
        elementCount = 0
        budget = 3 + number(below: 40)
        scopes = [[:]]
        if chance(3) { write("<?xml version=\"1.0\" encoding='UTF-8'?>\n") }
        for _ in 0..<number(below: 3) { writeNote() }
        writeElement(depth: 0)
        for _ in 0..<number(below: 3) { writeNote() }
        return String(decoding: octets, as: UTF8.self)
    }

    /// A number from 0 to below `bound`.
    mutating func number(below bound: Int) -> Int { Int.random(in: 0..<bound, using: &random) }

    /// True once in `odds`.
    mutating func chance(_ odds: Int) -> Bool { number(below: odds) == 0 }

    private mutating func pick(_ list: [String]) -> String { list[number(below: list.count)] }

    private mutating func write(_ text: String) { octets += text.utf8 }

    private mutating func writeSpace(atLeastOne: Bool = false) {
        if atLeastOne { write(pick([" ", "\n", "\r\n ", "\t", "  "])) }
        if chance(6) { write(pick([" ", "\n\t", "\r"])) }
    }

    private mutating func writeElement(depth: Int) {
        elementCount += 1
        budget -= 1
        var scope = scopes[scopes.count - 1]
        let declarations = declare(in: &scope)
        scopes.append(scope)
        defer { scopes.removeLast() }
        let name = elementName(scope)
        write("<\(name)")
        writeAttributes(declarations, scope)
        writeSpace()
        guard budget > 0, depth < 12, !chance(5) else { return write(chance(2) ? "/>" : "></\(name)>") }
        write(">")
        for _ in 0..<number(below: 6) where budget > 0 { writeContent(depth: depth) }
        write("</\(name)")
        writeSpace()
        write(">")
    }

    private mutating func writeContent(depth: Int) {
        switch number(below: 9) {
        case 0: writeNote()
        case 1: write("<![CDATA[\(pick(["", "<&>", "]]", "a\r\nb", "&lt;", "]]&gt;"]))]]>")
        case 2...4: for _ in 0...number(below: 4) { write(pick(Self.texts)) }
        default: return writeElement(depth: depth + 1)
        }
        // Text that ends in brackets must not meet one that begins with '>'.
        write(" ")
    }

    private mutating func writeNote() {
        if chance(2) {
            write("<!--\(pick(["", " c ", "<&>", "a\r\nb", "- - ", "\u{E4}"]))-->")
        } else {
            write("<?\(pick(["p", "p-i", "xml-x"]))\(pick(["", " ", " d", "\r\n d\r\n", " ??", "  <&>\r"]))?>")
        }
        if chance(2) { write(pick(["\n", " ", "\r\n"])) }
    }

    private mutating func declare(in scope: inout [String: String]) -> [String] {
        var written: [String] = []
        for prefix in [""] + Self.prefixes where chance(scopes.count == 1 ? 3 : 9) {
            let uri = prefix.isEmpty && chance(3) ? "" : pick(Self.uris)
            scope[prefix] = uri
            written.append((prefix.isEmpty ? "xmlns" : "xmlns:\(prefix)") + "=\(quoted(uri))")
        }
        return written
    }

    private mutating func elementName(_ scope: [String: String]) -> String {
        let bound = scope.keys.filter { !$0.isEmpty }.sorted()
        return bound.isEmpty || chance(3) ? pick(Self.names) : "\(pick(bound)):\(pick(Self.names))"
    }

    private mutating func writeAttributes(_ declarations: [String], _ scope: [String: String]) {
        var written = declarations
        var seen: Set<String> = []
        let bound = scope.keys.filter { !$0.isEmpty }.sorted()
        for _ in 0..<number(below: 5) {
            let prefix = bound.isEmpty || chance(2) ? "" : pick(bound)
            let name = pick(Self.names)
            guard seen.insert("{\(prefix.isEmpty ? "" : scope[prefix] ?? "")}\(name)").inserted else { continue }
            written.append((prefix.isEmpty ? name : "\(prefix):\(name)") + "=\(quoted(value()))")
        }
        for name in ["xml:lang", "xml:space", "xml:id"] where chance(15) {
            written.append("\(name)=\(quoted("i\(elementCount)"))")
        }
        if chance(6) { written.append("xml:base=\(quoted(pick(Self.bases)))") }
        written.shuffle(using: &random)
        for attribute in written {
            writeSpace(atLeastOne: true)
            write(attribute)
        }
    }

    private mutating func value() -> String {
        (0..<number(below: 4)).map { _ in pick(Self.texts) }.joined()
    }

    private mutating func quoted(_ value: String) -> String {
        let space = chance(12) ? " " : ""
        return chance(2)
            ? "\(space)\"\(value.replacing("\"", with: "&quot;"))\""
            : "\(space)'\(value.replacing("'", with: "&#39;"))'"
    }
}
