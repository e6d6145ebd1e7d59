/// The rounds of one cell.
struct Series {
    private(set) var rates: [Double] = []
    private(set) var allocations: Int?

    mutating func add(_ sample: ServerProcess.Sample) {
        rates.append(sample.operationsPerSecond)
        allocations = sample.allocations
    }

    /// The median of the rounds, in operations per second.
    var median: Double {
        let ordered = rates.sorted()
        return ordered.isEmpty ? 0 : ordered[ordered.count / 2]
    }

    /// The distance of the extremes, as a share of the median.
    var spread: Double {
        guard let least = rates.min(), let most = rates.max(), median > 0 else { return 0 }
        return (most - least) / median
    }
}
