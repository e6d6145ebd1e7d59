import Foundation
import ManagementAPI

/// Carries one renewal out, step by step: every role does its part and says so through the tenant's interface in its own token.
struct ProcedureRun {
    /// What is carried out.
    let procedure: DrillProcedure
    /// The systems.
    let stage: Stage
    /// Where it says what it does.
    let progress: DrillProgress
    /// What kills the tenant at every claim; nil leaves it alone.
    let crash: CrashMaker?
    /// The partners' administrators at their own systems, for each use.
    var hands: [PartnerHands] = []
    /// The renewal's identifier; empty before it was planned.
    private(set) var id = ""
    /// When the traffic stopped and went on.
    var window = Window()
    /// The wrong moves that were refused.
    private(set) var refusals: [Refusal] = []

    /// When the traffic stopped and went on again, in the rehearsal's clock.
    struct Window: Sendable {
        /// When the first stop was complete.
        var stoppedAt: Date?
        /// When each step that stops traffic was done, and when each that lets it flow again was begun, by its id.
        var moments: [String: Date] = [:]
        /// When the first step that lets traffic through again began.
        var resumedAt: Date?
        /// The first message that ended well after that.
        var flowingAt: Date?
        /// The steps that let traffic through again and are done.
        var resumed: Set<String> = []
        /// One-way messages that the tenant kept meanwhile.
        var held = 0

        /// From the stop to the first message after it.
        var seconds: Double {
            guard let stoppedAt, let flowingAt else { return 0 }
            return max(0, flowingAt.timeIntervalSince(stoppedAt))
        }
    }

    /// A claim that had to be refused, and was.
    struct Refusal: Sendable {
        /// What was tried.
        let attempt: String
        /// What the tenant answered.
        let problem: Problem
    }

    init(_ procedure: DrillProcedure, stage: Stage, progress: DrillProgress, crash: CrashMaker? = nil) async throws {
        self.procedure = procedure
        self.stage = stage
        self.progress = progress
        self.crash = crash
        for part in procedure.parts { hands.append(try await PartnerHands(part, stage: stage)) }
    }

    /// Carries the renewal out until `isEnough` says so; by default until it is completed.
    mutating func run(
        until isEnough: (RenewalResource) -> Bool = { $0.state == "completed" }
    ) async throws -> RenewalResource {
        if id.isEmpty {
            let plan = PlanRenewal(alias: procedure.alias, choices: procedure.choices)
            id = try await stage.administrator.createRenewal(plan).id
            if plan.choices != nil { _ = try await stage.administrator.approveRenewal(id) }
            _ = try await stage.administrator.startRenewal(id)
        }
        var lastProgress = ContinuousClock.now
        while true {
            let renewal = try await patiently { try await stage.administrator.renewal(id) }
            if isEnough(renewal) { return renewal }
            if try await advance(renewal) {
                lastProgress = .now
            } else if try await travelIfWaitingForTheClock(renewal) {
                lastProgress = .now
            } else {
                guard lastProgress.duration(to: .now) < .seconds(60) else { throw DrillError(Self.standstill(renewal)) }
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    /// Tries a claim that must be refused, and keeps the refusal.
    mutating func mustRefuse(_ attempt: String, _ act: () async throws(ManagementError) -> Void) async throws {
        do {
            try await act()
        } catch .refused(let problem) {
            refusals.append(Refusal(attempt: attempt, problem: problem))
            return
        }
        throw DrillError("not refused: \(attempt)")
    }

    /// Repeats a question while the tenant is being killed and started again.
    func patiently<Answer: Sendable>(_ ask: () async throws -> Answer) async throws -> Answer {
        let end = ContinuousClock.now + .seconds(60)
        while true {
            do {
                return try await ask()
            } catch ManagementError.unreachable where crash != nil && ContinuousClock.now < end {
                try await Task.sleep(for: .milliseconds(100))
            }
        }
    }

    private static func standstill(_ renewal: RenewalResource) -> String {
        let waiting = renewal.steps.filter { !["verified", "overridden", "skipped"].contains($0.state) }.prefix(3)
            .map { step in
                "\(step.id) (\(step.role), \(step.state)): \(step.proof.explanation) \(step.reason ?? "")"
            }
        return "the renewal of \(renewal.alias) stands still in state \(renewal.state): "
            + waiting.joined(separator: "; ")
    }
}
