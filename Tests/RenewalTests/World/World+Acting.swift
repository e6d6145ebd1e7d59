import Cryptography
import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

extension World {
    /// Everyone does what is theirs, and time passes where nothing else helps, until `isDone`.
    func carryOut(until isDone: (RenewalView) -> Bool = { $0.status.isFinal }) async throws {
        for _ in 0..<600 {
            let view = try await show()
            if isDone(view) { return }
            if try await actOnce(view) { continue }
            try await letTimePass(view)
        }
        let view = try await show()
        let open = view.steps.filter { !$0.state.isSettled }.map { "\($0.id) \($0.state): \($0.guardView.explanation)" }
        Issue.record("The renewal does not end: \(open.joined(separator: "\n"))")
    }

    /// Carries out until this step may be done.
    func carryOut(until step: StepID) async throws {
        try await carryOut { view in
            view.status.isFinal || view.steps.contains { $0.id == step && $0.state != .waiting }
        }
    }

    /// The renewal as a new process shows it.
    func show() async throws -> RenewalView { try await engine.show(id) }

    /// One act of one person; false when nobody has anything to do.
    private func actOnce(_ view: RenewalView) async throws -> Bool {
        for person in People.all {
            let unread = try await engine.notifications(for: person).first { $0.acknowledgedAt == nil }
            guard let unread else { continue }
            _ = try await surviving { try await engine.acknowledge(unread.id, by: person) }
            return true
        }
        for step in view.steps where !step.isPerformedBySystem {
            guard step.state == .open || step.kind == .destroy && step.state == .claimed else { continue }
            try await act(on: step)
            return true
        }
        return false
    }

    private func act(on step: StepView) async throws {
        let person = try #require(People.holding(step.role, step.organisation))
        try await play(step, person)
        switch step.kind {
        case .agreeDowntime:
            let other = try #require(step.to.flatMap { People.holding($0.role, $0.organisation) })
            try await claim(step.id, by: person)
            try await claim(step.id, by: other)
        case .destroy: try await claim(step.id, by: step.state == .claimed ? People.tom : person)
        default: try await claim(step.id, by: person, try input(for: step))
        }
    }

    /// What the partner's system does before its administrator says so.
    private func play(_ step: StepView, _ person: Actor) async throws {
        switch step.kind {
        case .stopSending: isSending = false
        case .configurePartner: partnerVersion = 2
        case .startSending: isSending = true
        default: break
        }
    }

    private func input(for step: StepView) throws -> StepInput {
        guard step.needs.contains(.certificate) else { return StepInput() }
        return StepInput(certificatePEM: try Certificates.make("next", at: clock.now).pem)
    }

    /// Claims, and takes a refusal for an act that was done before the kill.
    private func claim(_ step: StepID, by person: Actor, _ input: StepInput = StepInput()) async throws {
        do {
            _ = try await surviving { try await engine.claim(step, of: id, by: person, input) }
        } catch let refusal as RenewalRefusal where killer != nil && refusal.code == .notClaimable {
            return
        }
    }

    private func letTimePass(_ view: RenewalView) async throws {
        try await traffic()
        _ = try await surviving { try await engine.tick() }
        let moments = view.steps.filter { !$0.state.isSettled }.compactMap(\.guardView.notBefore)
        let next = moments.filter { $0 > clock.now }.min() ?? clock.now.addingTimeInterval(5)
        clock.set(to: min(next, clock.now.addingTimeInterval(100 * 86_400)))
        _ = try await surviving { try await engine.tick() }
    }

    /// The result, or `nil` when the process was killed meanwhile.
    private func surviving<Result>(_ body: () async throws -> Result) async throws -> Result? {
        do {
            return try await body()
        } catch is Killer.Killed {
            return nil
        } catch is RuntimeFault {
            return nil
        }
    }
}
