import Foundation
import ManagementAPI
import PartnerSystem

/// The moments of a procedure: when traffic stops and goes on, and what only waits for the clock.
extension ProcedureRun {
    private static let stops: Set = ["undeployFlow", "stopSending"]
    private static let resumes: Set = ["deployFlow", "startSending"]

    mutating func noteWindow(before step: StepResource) async throws {
        guard Self.resumes.contains(step.kind) else { return }
        window.moments[step.id] = window.moments[step.id] ?? stage.timeMachine.now
        guard window.resumedAt == nil else { return }
        window.held =
            try await stage.administrator.messageSummary()
            .filter { summary in procedure.lanes.contains { $0.notices == summary.flow } }
            .reduce(0) { $0 + $1.stored }
        window.resumedAt = stage.timeMachine.now
    }

    /// Waits for messages once nothing is stopped any more: in a renewal with several partners, after the last of its
    /// resumptions.
    mutating func noteWindow(after step: StepResource, of renewal: RenewalResource) async throws {
        if Self.stops.contains(step.kind) {
            window.moments[step.id] = stage.timeMachine.now
            window.stoppedAt = window.stoppedAt ?? stage.timeMachine.now
        }
        guard Self.resumes.contains(step.kind) else { return }
        window.resumed.insert(step.id)
        let isStopped = renewal.steps.contains { other in
            Self.resumes.contains(other.kind) && ["waiting", "open"].contains(other.state)
                && !window.resumed.contains(other.id)
        }
        guard !isStopped else { return }
        let sender = try await stage.control(procedure.lane.sender)
        let before = try await sender.status().counters.answered
        try await Patience.wait(for: "messages to flow again", within: .seconds(60)) {
            try await sender.status().counters.answered > before
        }
        window.flowingAt = stage.timeMachine.now
    }

    /// Travels to the first moment for which a step waits, when nothing but the clock is missing.
    func travelIfWaitingForTheClock(_ renewal: RenewalResource) async throws -> Bool {
        let settled: Set = ["verified", "overridden", "skipped"]
        let done = Set(renewal.steps.filter { settled.contains($0.state) }.map(\.id))
        let due = renewal.steps.filter { !settled.contains($0.state) && done.isSuperset(of: $0.opensAfter) }
        let moments = due.compactMap(\.proof.notBefore).filter { $0 > stage.timeMachine.now }
        guard moments.count == due.count else { return false }
        guard let next = moments.min() else { return false }
        progress.say("\(procedure.title): travels to \(ManagementCoding.text(of: next))")
        try await Traffic(stage: stage)
            .pause {
                try await stage.timeMachine.travel(to: next.addingTimeInterval(1))
            }
        return true
    }
}
