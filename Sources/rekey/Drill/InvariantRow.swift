/// One invariant of the renewal model and what the rehearsal saw of it.
struct InvariantRow: Encodable, Sendable {
    /// A number that was looked at, and what it counts.
    struct Figure: Encodable, Sendable {
        /// The number.
        var value: Int
        /// What it counts.
        let of: String
        /// Whether the figure of several stages is the greatest of theirs, instead of their sum.
        var isMaximum = false

        init(_ value: Int, _ of: String, isMaximum: Bool = false) {
            self.value = value
            self.of = of
            self.isMaximum = isMaximum
        }
    }

    private enum CodingKeys: CodingKey {
        case number, holds, detail, figures, fault
    }

    /// Its number in docs/renewal-model.md.
    let number: Int
    /// Whether it held.
    private(set) var holds: Bool
    /// What was counted.
    private(set) var figures: [Figure]
    /// What broke it first; absent while it holds.
    private(set) var fault: String?

    init(number: Int, holds: Bool, _ figures: [Figure], fault: String? = nil) {
        self.number = number
        self.holds = holds
        self.figures = figures
        self.fault = fault
    }

    /// What was looked at and seen, in words.
    var detail: String {
        let seen = figures.map { "\($0.value) \($0.of)" }.joined(separator: ", ")
        return [seen, fault].compactMap(\.self).joined(separator: ": ")
    }

    /// What was seen in words as well as in figures.
    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(number, forKey: .number)
        try container.encode(holds, forKey: .holds)
        try container.encode(detail, forKey: .detail)
        try container.encode(figures, forKey: .figures)
        try container.encodeIfPresent(fault, forKey: .fault)
    }

    /// Adds what another stage saw of the same invariant: it holds when it held on both.
    mutating func add(_ other: InvariantRow) {
        holds = holds && other.holds
        fault = fault ?? other.fault
        for (index, figure) in other.figures.enumerated() where figures.indices.contains(index) {
            let value = figures[index].value
            figures[index].value = figure.isMaximum ? max(value, figure.value) : value + figure.value
        }
    }
}
