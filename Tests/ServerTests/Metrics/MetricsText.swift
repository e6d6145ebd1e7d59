import Foundation

/// A strict reader of Prometheus' text format 0.0.4: what it accepts, Prometheus accepts.
struct MetricsText {
    /// What is wrong, and in which line.
    struct Malformed: Error, CustomStringConvertible {
        let line: String
        let cause: String

        var description: String { "\(cause): \(line)" }
    }

    /// A metric with its help, its type, and its samples.
    struct Family {
        var help: String
        var type = ""
        var samples: [Sample] = []

        /// The names of the labels, without the bucket's own.
        var labels: Set<String> { Set(samples.flatMap(\.labels.keys)).subtracting(["le"]) }
    }

    struct Sample: Hashable {
        let name: String
        let labels: [String: String]
        let value: Double
    }

    /// By name.
    private(set) var families: [String: Family] = [:]
    private var current = ""
    private var seen: Set<[String]> = []

    init(_ text: String) throws {
        guard text.hasSuffix("\n") else { throw Malformed(line: "", cause: "the last line does not end") }
        for line in text.split(separator: "\n") { try read(String(line)) }
        for (name, family) in families {
            guard !family.samples.isEmpty else { throw Malformed(line: name, cause: "a metric without samples") }
            if family.type == "histogram" { try Self.checkBuckets(name, family) }
        }
    }

    /// The value of the one sample that has these labels among others; nil when there is none.
    func value(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let base = ["_bucket", "_sum", "_count"].reduce(name) { $0.hasSuffix($1) ? String($0.dropLast($1.count)) : $0 }
        let found = (families[name] ?? families[base])?.samples
            .filter { sample in
                sample.name == name && labels.allSatisfy { sample.labels[$0] == $1 }
            }
        return found?.count == 1 ? found?[0].value : nil
    }

    private mutating func read(_ line: String) throws {
        if let help = line.wholeMatch(of: /# HELP ([a-z_:][a-z0-9_:]*) (.+)/) {
            current = String(help.output.1)
            guard families[current] == nil else { throw Malformed(line: line, cause: "a metric comes twice") }
            families[current] = Family(help: String(help.output.2))
        } else if let type = line.wholeMatch(of: /# TYPE ([a-z_:][a-z0-9_:]*) (counter|gauge|histogram)/) {
            guard type.output.1 == current else { throw Malformed(line: line, cause: "a type without its help") }
            families[current]?.type = String(type.output.2)
        } else {
            try readSample(line)
        }
    }

    private mutating func readSample(_ line: String) throws {
        guard let match = line.wholeMatch(of: /([a-z_:][a-z0-9_:]*)(\{(.*)\})? ([^ ]+)/) else {
            throw Malformed(line: line, cause: "no sample")
        }
        let sample = try Sample(
            name: String(match.output.1),
            labels: Self.labels(match.output.3.map(String.init) ?? "", line),
            value: Self.number(String(match.output.4), line)
        )
        let suffixes = families[current]?.type == "histogram" ? ["_bucket", "_sum", "_count"] : [""]
        guard suffixes.contains(where: { current + $0 == sample.name }) else {
            throw Malformed(line: line, cause: "a sample outside of its metric")
        }
        guard seen.insert([sample.name] + sample.labels.sorted { $0.key < $1.key }.flatMap { [$0, $1] }).inserted else {
            throw Malformed(line: line, cause: "a sample comes twice")
        }
        families[current]?.samples.append(sample)
    }

    private static func labels(_ text: String, _ line: String) throws -> [String: String] {
        var labels: [String: String] = [:]
        var rest = Substring(text)
        while !rest.isEmpty {
            guard let match = rest.prefixMatch(of: /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\[\\"n])*)"(,(?=.)|$)/)
            else {
                throw Malformed(line: line, cause: "labels")
            }
            labels[String(match.output.1)] = String(match.output.2)
            rest = rest[match.range.upperBound...]
        }
        return labels
    }

    private static func number(_ text: String, _ line: String) throws -> Double {
        if text == "+Inf" { return .infinity }
        guard text.wholeMatch(of: /-?[0-9]+(\.[0-9]+)?(e[-+]?[0-9]+)?/) != nil, let number = Double(text) else {
            throw Malformed(line: line, cause: "no number")
        }
        return number
    }

    /// Buckets are cumulated, in order, end with +Inf, and that one is the count.
    private static func checkBuckets(_ name: String, _ family: Family) throws {
        let groups = Dictionary(grouping: family.samples) { $0.labels.filter { $0.key != "le" } }
        for samples in groups.values {
            let buckets = samples.filter { $0.name == name + "_bucket" }
            let bounds = buckets.compactMap { $0.labels["le"].flatMap { $0 == "+Inf" ? .infinity : Double($0) } }
            guard bounds == bounds.sorted(), bounds.last == .infinity, bounds.count == buckets.count,
                buckets.map(\.value) == buckets.map(\.value).sorted(),
                samples.first(where: { $0.name == name + "_count" })?.value == buckets.last?.value,
                samples.contains(where: { $0.name == name + "_sum" })
            else { throw Malformed(line: name, cause: "buckets") }
        }
    }
}
