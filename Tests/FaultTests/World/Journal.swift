import Synchronization

/// What sender and receiver saw, with the moments at which the tenant was killed.
final class Journal: Sendable {
    typealias Instant = ContinuousClock.Instant

    /// A message that arrived at the receiver.
    struct Receipt: Sendable {
        let at: Instant
        /// Whether the receiver took it (answered 2xx): it must not come again.
        let isTaken: Bool
    }

    struct State: Sendable {
        /// One-way messages that the tenant accepted (202).
        var accepted: Set<String> = []
        /// Requests that were answered (200).
        var answered: Set<String> = []
        /// Other answers of the tenant, by status.
        var refusals: [Int: Int] = [:]
        /// Requests without an answer.
        var unanswered = 0
        var receipts: [String: [Receipt]] = [:]
        /// Messages at the receiver that it could not verify or decrypt.
        var unreadable = 0
        var kills: [Instant] = []
    }

    private let kept = Mutex(State())

    var state: State { kept.withLock { $0 } }

    func note(_ change: (inout State) -> Void) { kept.withLock { change(&$0) } }
}

extension Journal.State {
    /// Accepted messages that the receiver has not taken.
    var undelivered: Set<String> { accepted.filter { !isTaken($0) } }

    var summary: String {
        "\(accepted.count) accepted, \(answered.count) answered, \(takenTwiceCount) taken twice, "
            + "\(unanswered) unanswered, refused by status \(refusals)"
    }

    func isTaken(_ id: String) -> Bool { receipts[id]?.contains(where: \.isTaken) ?? false }

    /// One-way messages that came again after the receiver had taken them, though nobody killed the tenant in between.
    ///
    /// A request that was answered 503 after it had been taken is sent again by its sender.
    var repetitions: Set<String> {
        accepted.filter { id in
            let receipts = receipts[id] ?? []
            return zip(receipts, receipts.dropFirst())
                .contains { first, second in
                    first.isTaken && !kills.contains { first.at <= $0 && $0 <= second.at }
                }
        }
    }

    /// How many messages the receiver took more than once.
    var takenTwiceCount: Int { receipts.values.count { $0.count(where: \.isTaken) > 1 } }
}
