/// The times of one operation at one size.
struct Samples {
    private(set) var times: [Duration] = []

    mutating func add(_ time: Duration) { times.append(time) }

    /// Half of the times are shorter.
    var median: Duration { quantile(0.5) }

    /// The range of the middle eight tenths, as a share of the median.
    var spread: Double { median > .zero ? (quantile(0.9) - quantile(0.1)) / median : 0 }

    private func quantile(_ share: Double) -> Duration {
        let sorted = times.sorted()
        guard let last = sorted.indices.last else { return .zero }
        return sorted[Int((Double(last) * share).rounded())]
    }
}
