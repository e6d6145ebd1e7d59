/// What `scripts/bench gateway` was asked for.
struct GatewayOptions {
    static let usage = """
        usage: scripts/bench gateway [--quick] [--only FLOW/STACK/SIZE] [--soak MINUTES] [-o text|json]
          FLOW   sign (verify, then sign) sign+encrypt (verify and decrypt, then sign and encrypt): request and reply, both ways;
                 one-way (verify and store, deliver signed)
          STACK  rekey java nginx
          SIZE   2k 20k
          Each part of --only may be empty or left out, or name several with commas: sign,one-way/rekey,nginx. The whole takes some nine
          minutes: rekey five, java two and a half, nginx one and a half. --quick measures shortly: good for shapes, not for figures. --soak
          sends sign+encrypt of 2 KB for so long instead, and reports memory. The gateway has core 0, sender and receiver core 1.
        """
    static let stackNames = ["rekey", "java", "nginx"]
    private static let sizes = ["2k": 2 << 10, "20k": 20 << 10]

    var isQuick = false
    var isJSON = false
    var soakMinutes: Double?
    private var flows = Set(GatewayFlow.allCases)
    private(set) var stacks = Set(Self.stackNames)
    private var octetCounts = Set(Self.sizes.values)

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

    func wants(_ flow: GatewayFlow, _ stack: String, _ octetCount: Int) -> Bool {
        flows.contains(flow) && stacks.contains(stack) && octetCounts.contains(octetCount)
    }

    private mutating func setOnly(_ text: String) throws {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count <= 3 else { throw BenchError("unknown part \(text)\n\(Self.usage)") }
        try Self.narrow(&flows, to: parts.first) { GatewayFlow(rawValue: $0) }
        try Self.narrow(&stacks, to: parts.dropFirst().first) { Self.stackNames.contains($0) ? $0 : nil }
        try Self.narrow(&octetCounts, to: parts.dropFirst(2).first) { Self.sizes[$0] }
    }

    private static func narrow<Value>(_ values: inout Set<Value>, to part: String?, _ read: (String) -> Value?) throws {
        let names = (part ?? "").split(separator: ",").map(String.init)
        guard !names.isEmpty else { return }
        values = []
        for name in names {
            guard let value = read(name) else { throw BenchError("there is no \(name)\n\(usage)") }
            values.insert(value)
        }
    }
}
