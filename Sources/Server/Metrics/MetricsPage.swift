import Messaging

/// A page in Prometheus' text format, version 0.0.4.
struct MetricsPage {
    /// The value of `Content-Type`.
    static let contentType = "text/plain; version=0.0.4; charset=utf-8"
    /// The most series of one metric; a histogram counts as one for each combination of labels.
    static let seriesLimit = 2000

    private var samples: [MetricFamily: [String]] = [:]
    private var counts: [MetricFamily: Int] = [:]
    /// How many series found no place.
    private(set) var droppedCount = 0

    /// Adds a series; `values` are those of the family's labels, in order.
    mutating func add(_ family: MetricFamily, _ values: [String] = [], _ value: Double) {
        guard takesPlace(in: family) else { return }
        samples[family, default: []].append(Self.line(family.name, zip(family.labels, values), value))
    }

    /// Adds a series that is a whole number.
    mutating func add(_ family: MetricFamily, _ values: [String] = [], _ value: Int) {
        add(family, values, Double(value))
    }

    /// Adds a histogram's series.
    mutating func add(_ family: MetricFamily, _ values: [String], _ histogram: Histogram) {
        guard takesPlace(in: family) else { return }
        let labels = Array(zip(family.labels, values))
        var lines: [String] = []
        var total = 0
        for (count, bound) in zip(histogram.counts, Histogram.bounds + [.infinity]) {
            total += count
            lines.append(Self.line(family.name + "_bucket", labels + [("le", Self.number(bound))], Double(total)))
        }
        lines.append(Self.line(family.name + "_sum", labels, histogram.sum))
        lines.append(Self.line(family.name + "_count", labels, Double(total)))
        samples[family, default: []] += lines
    }

    /// Counts series that are not even made, because others of their kind find no place either.
    mutating func drop(_ count: Int) { droppedCount += count }

    /// The page; metrics without series are left out.
    var text: String {
        var text = ""
        for family in MetricFamily.all {
            guard let lines = samples[family] else { continue }
            text += "# HELP \(family.name) \(Self.escaped(family.help))\n"
            text += "# TYPE \(family.name) \(family.kind.rawValue)\n"
            text += lines.joined()
        }
        return text
    }

    private mutating func takesPlace(in family: MetricFamily) -> Bool {
        guard counts[family, default: 0] < Self.seriesLimit else {
            droppedCount += 1
            return false
        }
        counts[family, default: 0] += 1
        return true
    }

    private static func line(_ name: String, _ labels: some Sequence<(String, String)>, _ value: Double) -> String {
        let pairs = labels.map { "\($0)=\"\(escaped($1).replacing("\"", with: "\\\""))\"" }
        return name + (pairs.isEmpty ? "" : "{\(pairs.joined(separator: ","))}") + " \(number(value))\n"
    }

    /// A floating-point number as Go reads it.
    private static func number(_ value: Double) -> String {
        if value == .infinity { return "+Inf" }
        if value == -.infinity { return "-Inf" }
        if value.isNaN { return "NaN" }
        return Int64(exactly: value).map { "\($0)" } ?? "\(value)"
    }

    private static func escaped(_ text: String) -> String {
        text.replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }
}
