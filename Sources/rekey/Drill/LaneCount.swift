import ManagementAPI
import PartnerSystem

/// The messages of one lane from one moment on.
struct LaneCount: Sendable {
    private let lane: Lane
    private let firstSequence: Int

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
        try? await Traffic(stage: stage).settle(within: .seconds(20))
        let received = try await Set(stage.control(lane.receiver).messages().map(\.id))
        let messages = try await sender.messages().filter { $0.sequence >= firstSequence }
        let stored = try await stage.administrator.messageSummary().filter { $0.flow == lane.notices }
        try await sender.setSending(true)
        return outcome(of: messages, received: received, kept: stored.reduce(0) { $0 + $1.stored + $1.failed })
    }

    private func outcome(of messages: [PartnerMessage], received: Set<String>, kept: Int) -> TrafficCount.Outcome {
        messages.reduce(into: TrafficCount.Outcome()) { outcome, message in
            outcome.sent += 1
            outcome.refused += message.refusals
            if message.state != .failed && received.contains(message.id) {
                outcome.answered += 1
            } else if message.state == .accepted && outcome.kept < kept {
                outcome.kept += 1
            } else {
                outcome.lost += 1
                outcome.firstLoss = outcome.firstLoss ?? message.detail ?? "\(message.id) never reached the receiver"
            }
        }
    }
}
