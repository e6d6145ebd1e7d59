/// What `scripts/bench gateway` was asked for.
struct GatewayOptions {
    static let usage = """
        usage: scripts/bench gateway [--quick] [--only FLOW/STACK/SIZE] [--soak MINUTES] [-o text|json]
          FLOW   sign (verify, then sign) sign+encrypt (verify and decrypt, then sign and encrypt): request and reply, both ways;
                 one-way (verify and store, deliver signed)
          STACK  rekey java nginx
          SIZE   2k 20k
          Each part of --only may be empty or left out. --quick measures shortly: good for shapes, not for figures. --soak sends sign+encrypt of
          2 KB for so long instead, and reports memory. The gateway has core 0, sender and receiver core 1.
        """

    var isQuick = false
    var isJSON = false
    var soakMinutes: Double?
    var flow: GatewayFlow?
    var stack: String?
    var octetCount: Int?

    init(_ arguments: [String]) throws {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--quick": isQuick = true
            case "--only": try setOnly(rest.popFirst() ?? "")
            case "--soak":
                guard let minutes = rest.popFirst().flatMap({ Double($0) }) else { throw BenchError(Self.usage) }
                soakMinutes = minutes
            case "-o", "--output":
                guard let form = rest.popFirst(), ["json", "text"].contains(form) else { throw BenchError(Self.usage) }
                isJSON = form == "json"
            default: throw BenchError("unknown option \(argument)\n\(Self.usage)")
            }
        }
    }

    private mutating func setOnly(_ text: String) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if let name = parts.first, !name.isEmpty {
            guard let wanted = GatewayFlow(rawValue: name) else { throw BenchError("no flow \(name)\n\(Self.usage)") }
            flow = wanted
        }
        if parts.count > 1, !parts[1].isEmpty { stack = parts[1] }
        if parts.count > 2, !parts[2].isEmpty { octetCount = parts[2] == "20k" ? 20 << 10 : 2 << 10 }
    }

    func wants(_ flow: GatewayFlow, _ stack: String, _ octetCount: Int) -> Bool {
        (self.flow ?? flow) == flow && (self.stack ?? stack) == stack && (self.octetCount ?? octetCount) == octetCount
    }
}
