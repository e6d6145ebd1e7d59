import ManagementAPI
import PartnerSystem

/// The messages of one lane from one moment on.
struct LaneCount: Sendable {
    /// Longer than one attempt of the tenant's to reach a receiver that does not answer, and the wait for the next.
    private static let patience = Duration.seconds(30)

    private let lane: Lane
    private let firstSequence: Int

    /// Where the lane's messages are at one moment.
    private struct Whereabouts {
        /// Those that the receiver has.
        let received: Set<String>
        /// How many the tenant keeps.
        let kept: Int
        /// Whether none was between tenant and receiver, so that none is missing here or counted twice.
        let isStill: Bool
    }

    /// Counts the messages of `lane` that start from now on.
    init(lane: Lane, stage: Stage) async throws {
        self.lane = lane
        let messages = try await stage.control(lane.sender).messages()
        firstSequence = (messages.map(\.sequence).max() ?? 0) + 1
    }

    /// Empties the wire, counts, and lets the sender go on.
    func finish(stage: Stage) async throws -> TrafficCount.Outcome {
        let sender = try await stage.control(lane.sender)
        try await Patience.wait(for: "the last messages of \(lane.sender)", within: .seconds(90)) {
            try await sender.setSending(false)
            if try await sender.status().counters.pending == 0 { return true }
            try await sender.setSending(true)
            return false
        }
        let places = try await settled(stage)
        let messages = try await sender.messages().filter { $0.sequence >= firstSequence }
        try await sender.setSending(true)
        return outcome(of: messages, places)
    }

    /// Where the messages are once the tenant keeps none, or delivers none any more.
    private func settled(_ stage: Stage) async throws -> Whereabouts {
        var (last, changedAt) = (try await whereabouts(stage), ContinuousClock.now)
        try await Patience.wait(for: "the notices of \(lane.sender) to be delivered", within: .seconds(300)) {
            let now = try await whereabouts(stage)
            if now.received.count > last.received.count { changedAt = .now }
            last = now
            return now.isStill && (now.kept == 0 || changedAt.duration(to: .now) > Self.patience)
        }
        return last
    }

    private func whereabouts(_ stage: Stage) async throws -> Whereabouts {
        let receiver = try await stage.control(lane.receiver)
        let before = try await receiver.messages().count
        let flow = try await stage.administrator.messageSummary().filter { $0.flow == lane.notices }
        let received = try await receiver.messages()
        return Whereabouts(
            received: Set(received.map(\.id)),
            kept: flow.reduce(0) { $0 + $1.stored + $1.failed },
            isStill: received.count == before && flow.allSatisfy { $0.inFlight == 0 }
        )
    }

    private func outcome(of messages: [PartnerMessage], _ places: Whereabouts) -> TrafficCount.Outcome {
        messages.reduce(into: TrafficCount.Outcome()) { outcome, message in
            outcome.sent += 1
            outcome.refused += message.refusals
            if message.state != .failed && places.received.contains(message.id) {
                outcome.answered += 1
            } else if message.state == .accepted && outcome.kept < places.kept {
                outcome.kept += 1
            } else {
                outcome.lost += 1
                outcome.firstLoss = outcome.firstLoss ?? message.detail ?? "\(message.id) never reached the receiver"
            }
        }
    }
}
