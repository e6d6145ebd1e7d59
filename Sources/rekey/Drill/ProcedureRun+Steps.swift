import Foundation
import ManagementAPI
import PartnerSystem

/// What the roles do, and say, in the open steps.
extension ProcedureRun {
    /// Acknowledges what was sent to anybody and performs the open steps; whether anything was done.
    mutating func advance(_ renewal: RenewalResource) async throws -> Bool {
        var moved = try await acknowledge()
        try await selfTest(before: renewal)
        for step in renewal.steps where isForSomebody(step) && !isEarly(step) {
            if try await perform(step, of: renewal) { moved = true }
        }
        return moved
    }

    private func acknowledge() async throws -> Bool {
        var moved = false
        for desk in stage.desks {
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
        try await noteWindow(before: step)
        var claim = ClaimStep()
        for index in hands.indices where hands[index].concern(step) {
            let brought = try await hands[index].perform(step, newCertificate: await newCertificate(renewal))
            if brought.certificate != nil { claim = brought }
        }
        if step.kind == "createKeyPair", step.organisation == Desk.administrator.organisation {
            claim.keyToken = stage.token?.name
        }
        if step.kind == "agreeDowntime" {
            claim.downtimeStart = stage.timeMachine.now
            claim.downtimeEnd = stage.timeMachine.now.addingTimeInterval(3600)
        }
        guard try await self.claim(step, claim) else { return false }
        progress.say("\(procedure.title): \(step.title) [\(step.role)]")
        try await noteWindow(after: step, of: renewal)
        return true
    }

    /// Senders' stacks show that they handle the new key before the tenant administrator exchanges it.
    private func selfTest(before renewal: RenewalResource) async throws {
        let senders = Set(
            renewal.tracks.filter { $0.variant == "dual" && $0.useCase.hasSuffix("InboundResponse") }.map(\.partner)
        )
        guard !senders.isEmpty,
            let exchange = renewal.steps.first(where: { $0.kind == "exchange" && $0.state == "waiting" })
        else { return }
        let earlier = renewal.steps.filter { exchange.opensAfter.contains($0.id) }
        guard earlier.allSatisfy({ ["verified", "overridden"].contains($0.state) }) else { return }
        for sender in senders.sorted() {
            do {
                let reports = try await stage.control(sender).runSelfTests()
                progress.say("\(procedure.title): \(reports.count) self-test(s) of \(sender) passed")
            } catch {
                // A tenant that was killed meanwhile is asked again; the exchange is refused until then.
                progress.say("\(procedure.title): self-test of \(sender), not yet: \(error)")
            }
        }
    }

    /// Claims for everybody whose word the step needs, and tells whether the tenant took any.
    private func claim(_ step: StepResource, _ request: ClaimStep) async throws -> Bool {
        var isTaken = false
        for desk in desks(for: step) {
            do {
                if let crash {
                    try await crash.during(stage) { [self] in try await send(step, at: desk, request) }
                } else {
                    try await send(step, at: desk, request)
                }
                isTaken = true
            } catch ManagementError.refused(let problem) {
                progress.say("\(procedure.title): \(desk.role), not yet: \(problem.detail)")
            } catch ManagementError.unreachable where crash != nil {
                continue
            }
        }
        return isTaken
    }

    private func send(_ step: StepResource, at desk: Desk, _ request: ClaimStep) async throws {
        _ = try await stage.api(desk).claim(step.id, of: id, request)
    }

    /// Who has to claim: a downtime is agreed by both sides, a destruction is asked for and approved.
    private func desks(for step: StepResource) -> [Desk] {
        switch step.kind {
        case "agreeDowntime":
            desks(agreeing: step) + [Desk.administrator]
        case "destroy":
            [.administrator, .approver]
        default:
            Desk.all.first { $0.role == step.role && $0.organisation == step.organisation }.map { [$0] } ?? []
        }
    }

    /// The partner with whom a downtime is agreed: the one that the step names, or the only one.
    private func desks(agreeing step: StepResource) -> [Desk] {
        let partners = Set(procedure.parts.map(\.partner))
        return stage.desks.filter { desk in
            partners.contains(desk.organisation) && (step.to ?? desk.organisation) == desk.organisation
        }
    }

    private func newCertificate(_ renewal: RenewalResource) async -> String? {
        guard let version = renewal.newVersion else { return nil }
        return try? await stage.administrator.certificate(of: procedure.alias, version: version).pem
    }

    /// Whether a person has to act, and can.
    private func isForSomebody(_ step: StepResource) -> Bool {
        let doneBySystem: Set = ["addToKeystore", "inform", "drain", "retain"]
        return step.state == "open" && !doneBySystem.contains(step.kind)
            || step.kind == "destroy" && step.state == "claimed"
    }

    private func isEarly(_ step: StepResource) -> Bool {
        (step.proof.notBefore ?? .distantPast) > stage.timeMachine.now
    }
}
