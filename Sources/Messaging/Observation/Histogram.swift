/// How often something took how long, in buckets that Prometheus can add up.
package struct Histogram: Hashable, Sendable {
    /// The upper bounds of the buckets in seconds, ascending; the last bucket is without bound.
    package static let bounds: [Double] = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
    ]

    /// How often, for each bound and at last for what was longer than all; not cumulated.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    /// All times together, in seconds.
    package private(set) var sum = 0.0

    package init() {}

    /// Counts one time.
    package mutating func observe(_ time: Duration) {
        let seconds = time.seconds
        counts[Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count] += 1
        sum += seconds
    }
}
