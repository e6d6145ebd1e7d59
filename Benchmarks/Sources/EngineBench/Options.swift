/// What `scripts/bench engine` was asked for.
struct Options {
    static let usage = """
        usage: scripts/bench engine [--quick] [--only OPERATION/STACK/SIZE] [--core N] [-o text|json]
          OPERATION  sign verify encrypt decrypt sign+encrypt verify+decrypt xml
          STACK      rekey rekey-stream limit wss4j stax python-xmlsec zeep xmlsec1
          SIZE       octets, or 2k 20k 1m 10m; of rekey-stream 100m too
          Each part of --only may be empty or left out; rekey-stream is measured only when it is named. --quick warms up and measures shortly: good for shapes, not for figures.
          Exit status 1 when a 2 KB operation allocates more often than its threshold.
        """

    var isQuick = false
    var isJSON = false
    var core = 0
    var operation: Operation?
    var stack: String?
    var octetCount: Int?

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--quick": isQuick = true
            case "--only": try setOnly(rest.popFirst() ?? "")
            case "--core": core = try Self.number(rest.popFirst())
            case "-o", "--output": isJSON = try Self.isJSON(rest.popFirst())
            default: throw BenchError("unknown option \(argument)\n\(Self.usage)")
            }
        }
    }

    /// Whether the cell was asked for.
    func wants(_ cell: Cell) -> Bool {
        (operation == nil || operation == cell.operation) && (octetCount == nil || octetCount == cell.octetCount)
            && (stack == nil || stack == cell.stack || cell.stack == "limit" || cell.stack == "rsa")
    }

    private mutating func setOnly(_ text: String) throws {
        let parts = text.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false).map(String.init)
        if let name = parts.first, !name.isEmpty {
            guard let wanted = Operation(rawValue: name) else {
                throw BenchError("no operation \(name)\n\(Self.usage)")
            }
            operation = wanted
        }
        if parts.count > 1, !parts[1].isEmpty { stack = parts[1] }
        if parts.count > 2, !parts[2].isEmpty { octetCount = try Self.size(parts[2]) }
    }

    private static func size(_ text: String) throws -> Int {
        let unit = text.hasSuffix("k") ? 1 << 10 : text.hasSuffix("m") ? 1 << 20 : 1
        guard let number = Int(unit == 1 ? text[...] : text.dropLast()) else { throw BenchError("no size: \(text)") }
        return number * unit
    }

    private static func isJSON(_ text: String?) throws -> Bool {
        guard text == "json" || text == "text" else { throw BenchError("-o takes text or json") }
        return text == "json"
    }

    private static func number(_ text: String?) throws -> Int {
        guard let number = text.flatMap({ Int($0) }) else { throw BenchError("--core takes a number") }
        return number
    }
}
