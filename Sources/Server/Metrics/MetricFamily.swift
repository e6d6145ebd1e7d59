/// A metric with its series: what Prometheus calls a metric family.
struct MetricFamily: Hashable, Sendable {
    /// The types of the text format that are used here.
    enum Kind: String, Sendable {
        case counter
        case gauge
        case histogram
    }

    /// By Prometheus' conventions: the unit last, counters end in `_total`.
    let name: String
    /// Its type.
    let kind: Kind
    /// The names of its labels, in the order in which values are given.
    let labels: [String]
    /// What it says, in one sentence.
    let help: String

    init(_ name: String, _ kind: Kind, labels: [String] = [], _ help: String) {
        self.name = name
        self.kind = kind
        self.labels = labels
        self.help = help
    }
}
