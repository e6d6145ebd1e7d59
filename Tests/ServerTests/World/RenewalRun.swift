import Foundation
import ManagementAPI
import Renewal
import Server
import TestSupport
import Testing

/// Carries a renewal out as its roles would, with a little traffic after every round.
struct RenewalRun {
    private let world: World
    private let sender: SigningSender
    private let id: String

    init(alias: String, world: World, sender: SigningSender) async throws {
        self.world = world
        self.sender = sender
        id = try await world.startRenewal(of: alias).id
    }

    /// The renewal at its end; fails when it stands still.
    func carryOut() async throws -> RenewalResource {
        for round in 0..<60 {
            let renewal = try await world.api(.administrator).renewal(id)
            if renewal.state == "completed" { return renewal }
            for step in renewal.steps where step.state == "open" && step.isPerformedBySystem != true && !isEarly(step) {
                try await claim(step)
            }
            try await world.acknowledgeAll()
            for number in 0..<2 {
                let answer = try await world.post(
                    sender.request(round * 2 + number, now: world.clock.now),
                    to: "/in/orders"
                )
                #expect(answer.status == 200)
            }
            try await world.tenant.renewals.tick()
            try await travel()
        }
        let renewal = try await world.api(.administrator).renewal(id)
        Issue.record("stands still: \(renewal.steps.filter { $0.state != "verified" })")
        return renewal
    }

    private func claim(_ step: StepResource) async throws {
        let people = Person.everybody.filter { person in
            let (name, organisation) = (step.role, step.organisation)
            return person.isRole(name, of: organisation)
        }
        let count = step.kind == "destroy" ? 2 : 1
        for person in people.prefix(count) { _ = try await world.api(person).claim(step.id, of: id) }
    }

    /// On to the first moment that a step waits for.
    private func travel() async throws {
        let moments = try await world.api(.administrator).renewal(id).steps
            .filter { ["open", "claimed", "waiting"].contains($0.state) }
            .compactMap(\.proof.notBefore)
            .filter { $0 > world.clock.now }
        if let next = moments.min() { world.clock.set(to: next + 1) }
    }

    private func isEarly(_ step: StepResource) -> Bool {
        (step.proof.notBefore ?? .distantPast) > world.clock.now
    }
}
