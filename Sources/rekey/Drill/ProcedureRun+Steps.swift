import Foundation
import ManagementAPI

/// What the roles do, and say, in the open steps.
extension ProcedureRun {
    /// Acknowledges what was sent to anybody and performs the open steps; whether anything was done.
    mutating func advance(_ renewal: RenewalResource) async throws -> Bool {
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
            where notification.renewal == id && notification.acknowledgedAt == nil {
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
        _ = try await stage.api(desk).claim(step.id, of: id, request)
        if step.kind == "destroy" {
            _ = try await stage.api(Desk.all[1]).claim(step.id, of: id, request)
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
