import Foundation
import Renewal
import TestSupport

/// Downtimes at whose end the old key comes back.
extension ModelWorld {
    func proposeWindow(_ renewal: Int, _ downtime: Int, _ seconds: Int, _ isAccepted: Bool) async throws {
        guard let state = try self.renewal(renewal) else { return }
        let steps = state.steps(.agreeDowntime)
        guard !steps.isEmpty else { return }
        try await proposeWindow(
            steps[downtime % steps.count],
            of: state,
            seconds: seconds,
            isAccepted: isAccepted
        )
    }

    func proposeWindow(
        _ step: PlannedStep,
        of state: RenewalState,
        seconds: Int,
        isAccepted: Bool
    ) async throws {
        let window = DowntimeWindow(start: clock.now, end: clock.now.addingTimeInterval(Double(seconds)))
        let parties = [step.by] + [step.to].compactMap(\.self)
        let actors = parties.compactMap { party in people.first { $0.holds(party) } }
        guard let first = actors.first, let second = actors.last else { return }
        let proposal = WindowProposal(window: window, rollsBack: true)
        _ = try await engine.propose(proposal, at: step.id, of: state.id, by: first)
        if isAccepted { _ = try await engine.acceptWindow(at: step.id, of: state.id, by: second) }
    }
}
