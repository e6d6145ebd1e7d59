import Foundation
import ManagementAPI
import PartnerSystem

/// Carries one renewal out, step by step: every role does its part and says so through the tenant's interface in its own token.
struct ProcedureRun {
    /// What is carried out.
    let procedure: DrillProcedure
    private let stage: Stage
    private let progress: DrillProgress
    private let crash: CrashMaker?
    private var hands: PartnerHands
    private var renewalID = ""
    private(set) var window = Window()
    private(set) var refusals: [Refusal] = []

    /// When the traffic stopped and went on again, in the rehearsal's clock.
    struct Window: Sendable {
        /// When the stop was complete.
        var stoppedAt: Date?
        /// When the first step that lets traffic through again began.
        var resumedAt: Date?
        /// The first message that ended well after that.
        var flowingAt: Date?
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
        hands = try await PartnerHands(procedure: procedure, stage: stage)
    }

    /// Carries the renewal out until `isEnough` says so; by default until it is completed.
    mutating func run(
        until isEnough: (RenewalResource) -> Bool = { $0.state == "completed" }
    ) async throws -> RenewalResource {
        if renewalID.isEmpty {
            let planned = try await stage.administrator.createRenewal(PlanRenewal(alias: procedure.alias))
            renewalID = planned.id
            _ = try await stage.administrator.startRenewal(renewalID)
        }
        var lastProgress = ContinuousClock.now
        while true {
            let renewal = try await patiently { try await stage.administrator.renewal(renewalID) }
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

    /// The renewal's identifier.
    var id: String { renewalID }
}

extension ProcedureRun {
    /// Acknowledges what was sent to anybody and performs the open steps; whether anything was done.
    private mutating func advance(_ renewal: RenewalResource) async throws -> Bool {
        var moved = try await acknowledge()
        for step in renewal.steps where step.state == "open" && !isEarly(step) {
            if try await perform(step, of: renewal) { moved = true }
        }
        return moved
    }

    private func acknowledge() async throws -> Bool {
        var moved = false
        for desk in Desk.all {
            let api = stage.api(desk)
            let notifications = try await patiently { try await api.notifications() }
            for notification in notifications
            where notification.renewal == renewalID && notification.acknowledgedAt == nil {
                _ = try await patiently { try await api.acknowledge(notification.id) }
                moved = true
            }
        }
        return moved
    }

    private mutating func perform(_ step: StepResource, of renewal: RenewalResource) async throws -> Bool {
        guard let desk = Desk.all.first(where: { $0.role == step.role && $0.organisation == step.organisation }) else {
            return false
        }
        try await noteWindow(before: step)
        var claim = ClaimStep()
        if desk.organisation != "tenant" {
            claim = try await hands.perform(step, newCertificate: await newCertificate(renewal))
        }
        if step.kind == "agreeDowntime" {
            claim.downtimeStart = stage.timeMachine.now
            claim.downtimeEnd = stage.timeMachine.now.addingTimeInterval(3600)
        }
        guard try await self.claim(step, at: desk, claim) else { return false }
        progress.say("\(procedure.title): \(step.title) [\(step.role)]")
        try await noteWindow(after: step)
        return true
    }

    /// Claims, for a step of two persons twice, and tells whether the tenant took it.
    private func claim(_ step: StepResource, at desk: Desk, _ request: ClaimStep) async throws -> Bool {
        do {
            if let crash {
                try await crash.during(stage) { [self] in try await send(step, at: desk, request) }
            } else {
                try await send(step, at: desk, request)
            }
            return true
        } catch let error as ManagementError {
            guard case .refused(let problem) = error else {
                if crash == nil { throw error }
                return false
            }
            progress.say("\(procedure.title): not yet: \(problem.detail)")
            return false
        }
    }

    private func send(_ step: StepResource, at desk: Desk, _ request: ClaimStep) async throws {
        _ = try await stage.api(desk).claim(step.id, of: renewalID, request)
        if step.kind == "destroy" {
            _ = try await stage.api(Desk.all[1]).claim(step.id, of: renewalID, request)
        }
    }

    private func newCertificate(_ renewal: RenewalResource) async -> String? {
        guard let version = renewal.newVersion else { return nil }
        return try? await stage.administrator.certificate(of: procedure.alias, version: version).pem
    }

    private func isEarly(_ step: StepResource) -> Bool {
        (step.proof.notBefore ?? .distantPast) > stage.timeMachine.now
    }
}

extension ProcedureRun {
    private static let stops: Set = ["undeployFlow", "stopSending"]
    private static let resumes: Set = ["deployFlow", "startSending"]

    private mutating func noteWindow(before step: StepResource) async throws {
        guard Self.resumes.contains(step.kind), window.resumedAt == nil else { return }
        window.held =
            try await stage.administrator.messageSummary()
            .first { $0.flow == procedure.lane.notices }?
            .stored ?? 0
        window.resumedAt = stage.timeMachine.now
    }

    private mutating func noteWindow(after step: StepResource) async throws {
        if Self.stops.contains(step.kind) { window.stoppedAt = window.stoppedAt ?? stage.timeMachine.now }
        guard Self.resumes.contains(step.kind) else { return }
        let sender = try await stage.control(procedure.lane.sender)
        let before = try await sender.status().counters.answered
        try await Patience.wait(for: "messages to flow again", within: .seconds(60)) {
            try await sender.status().counters.answered > before
        }
        window.flowingAt = stage.timeMachine.now
    }

    /// Travels to the first moment for which a step waits, when nothing but the clock is missing.
    private func travelIfWaitingForTheClock(_ renewal: RenewalResource) async throws -> Bool {
        let moments = renewal.steps
            .filter { ["open", "claimed"].contains($0.state) }
            .compactMap(\.proof.notBefore)
            .filter { $0 > stage.timeMachine.now }
        guard let next = moments.min() else { return false }
        progress.say("\(procedure.title): travels to \(ManagementCoding.text(of: next))")
        try await Traffic(stage: stage)
            .pause {
                try stage.timeMachine.travel(to: next.addingTimeInterval(1))
            }
        return true
    }

    /// Repeats a question while the tenant is being killed and started again.
    private func patiently<Answer: Sendable>(_ ask: () async throws -> Answer) async throws -> Answer {
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
        let waiting = renewal.steps.filter { ["open", "claimed", "failed"].contains($0.state) }
            .map { step in
                "\(step.id) (\(step.role), \(step.state)): \(step.proof.explanation) \(step.reason ?? "")"
            }
        return "the renewal of \(renewal.alias) stands still in state \(renewal.state): "
            + waiting.joined(separator: "; ")
    }
}
