/// How long and how often a one-way message is offered to the receiver.
package struct DeliveryTerms: Hashable, Sendable {
    /// The guaranteed delivery time: after it a message that could not be delivered is kept as failed.
    ///
    /// Time in which the flow is not deployed does not count.
    package var guaranteed: Duration = .seconds(300)
    /// The wait after the first failed attempt; it doubles with each further one.
    package var firstRetry: Duration = .seconds(1)
    /// The longest wait between two attempts.
    package var longestRetry: Duration = .seconds(60)

    /// Whether messages are delivered one at a time in the order in which they were accepted: one that fails keeps the others
    /// waiting until it is delivered again or discarded.
    package var isOrdered = false

    package init() {}

    /// The wait after `attempts` failed attempts (1 or more): exponential, and shortened by `jitter`, a draw between 0 and
    /// 1, to half of it at the most, so that what failed together is not tried again together.
    package func wait(after attempts: Int, jitter: Double = 0) -> Duration {
        let doublings = min(max(attempts - 1, 0), 20)
        return min(firstRetry * (1 << doublings), longestRetry) * (1 - min(max(jitter, 0), 1) / 2)
    }
}
