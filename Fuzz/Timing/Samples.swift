/// Times of one kind of message, in microseconds.
struct Samples {
    private var values: [Double] = []

    mutating func add(_ value: Double) { values.append(value) }

    var median: Double { values.sorted()[values.count / 2] }

    var mean: Double { kept.reduce(0, +) / Double(kept.count) }

    /// Without the slowest twentieth, which is the machine's.
    private var kept: ArraySlice<Double> { values.sorted().prefix(values.count * 19 / 20) }

    private var variance: Double {
        let mean = mean
        return kept.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(kept.count - 1)
    }

    /// Welch's t: beyond about 4.5 the two kinds can be told apart with this many tries.
    func difference(from other: Samples) -> Double {
        let error = (variance / Double(kept.count) + other.variance / Double(other.kept.count)).squareRoot()
        return error == 0 ? 0 : (mean - other.mean) / error
    }
}
