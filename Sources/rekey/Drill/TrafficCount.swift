import ManagementAPI
import PartnerSystem

/// The messages of a lane from one moment on, counted from what both ends say of each message.
struct TrafficCount: Sendable {
    private let counts: [LaneCount]

    /// What became of the messages.
    struct Outcome: Sendable {
        /// Messages started.
        var sent = 0
        /// Messages answered, or accepted and delivered.
        var answered = 0
        /// Attempts refused for the moment.
        var refused = 0
        /// One-way messages that the tenant accepted and still keeps, because the receiver does not take them.
        var kept = 0
        /// Messages that failed, and messages the sender counts as done that neither reached the receiver nor are kept.
        var lost = 0
        /// Why the first of them was lost.
        var firstLoss: String?
    }

    /// Counts the messages of `lanes` that start from now on.
    init(lanes: [Lane], stage: Stage) async throws {
        var counts: [LaneCount] = []
        for lane in lanes { counts.append(try await LaneCount(lane: lane, stage: stage)) }
        self.counts = counts
    }

    /// Empties the wire, counts, and lets the senders go on.
    func finish(stage: Stage) async throws -> Outcome {
        var whole = Outcome()
        for count in counts { whole.add(try await count.finish(stage: stage)) }
        return whole
    }
}

extension TrafficCount.Outcome {
    /// Adds what became of other messages.
    mutating func add(_ other: TrafficCount.Outcome) {
        sent += other.sent
        answered += other.answered
        refused += other.refused
        kept += other.kept
        lost += other.lost
        firstLoss = firstLoss ?? other.firstLoss
    }
}
