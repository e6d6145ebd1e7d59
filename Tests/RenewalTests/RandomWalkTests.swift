import Cryptography
import Foundation
import Keystore
import Renewal
import StoreSQLite
import TestSupport
import Testing

/// Whoever does whatever whenever: the invariants hold in every state.
@Suite struct RandomWalkTests {
    @Test("A random walk of acts by random people keeps the invariants", arguments: 1...12 as ClosedRange<UInt64>)
    func walk(_ seed: UInt64) async throws {
        var random = SeededGenerator(seed: seed)
        let procedure = try #require(WalkTests.procedures.randomElement(using: &random))
        let world = try await World(procedure.0, procedure.1 == .single ? .single : .dual)
        try await world.begin()
        let comment = Comment(rawValue: "seed \(seed), \(procedure.0.rawValue) \(procedure.1)")
        for turn in 0..<160 {
            try await act(on: world, &random)
            if turn.isMultiple(of: 20) { try await Invariants.check(world, comment) }
        }
        try await Invariants.check(world, comment)
    }

    private func act(on world: World, _ random: inout SeededGenerator) async throws {
        let view = try await world.show()
        let person = People.all.randomElement(using: &random) ?? People.tina
        do {
            switch Int.random(in: 0..<24, using: &random) {
            case 0..<2: try await claimAny(of: view, by: person, world, &random)
            case 2..<10: try await claimOpen(of: view, world, &random)
            case 10..<15: try await acknowledge(world, &random)
            case 15..<18: try await world.traffic(Int.random(in: 1...6, using: &random))
            case 18: world.isSending.toggle()
            case 19..<21: world.clock.advance(by: .seconds(Int.random(in: 1...600, using: &random)))
            case 21: world.clock.advance(by: .seconds(Int.random(in: 1...40 * 86_400, using: &random)))
            case 22: try await world.engine.tick()
            default: try await decideRarely(view, by: person, world, &random)
            }
        } catch let refusal as RenewalRefusal {
            #expect(!refusal.reason.isEmpty && !refusal.remedy.isEmpty)
        }
    }

    private func claimAny(
        of view: RenewalView,
        by person: Actor,
        _ world: World,
        _ random: inout SeededGenerator
    ) async throws {
        guard let step = view.steps.randomElement(using: &random) else { return }
        try await world.claim(step.id, person, try input(for: step, world))
    }

    private func claimOpen(of view: RenewalView, _ world: World, _ random: inout SeededGenerator) async throws {
        let open = view.steps.filter { $0.state == .open && !$0.isPerformedBySystem || $0.kind == .destroy }
        guard let step = open.randomElement(using: &random) else { return }
        let holders = People.all.filter { person in
            person.role == step.role || step.to.map(person.holds) == true
        }
        let right = Int.random(in: 0..<4, using: &random) > 0 ? holders.filter { isParty($0, to: step) } : holders
        guard let person = right.randomElement(using: &random) else { return }
        if step.kind == .configurePartner { world.partnerVersion = 2 }
        if step.kind == .stopSending { world.isSending = false }
        try await world.claim(step.id, person, try input(for: step, world))
    }

    private func isParty(_ person: Actor, to step: StepView) -> Bool {
        step.to.map(person.holds) == true || person.role == step.role && person.organisation == step.organisation
    }

    /// Everybody reads what they got, now and then in another's place.
    private func acknowledge(_ world: World, _ random: inout SeededGenerator) async throws {
        for person in People.all {
            let reader = Int.random(in: 0..<8, using: &random) == 0 ? People.olga : person
            for unread in try await world.engine.notifications(for: person) where unread.acknowledgedAt == nil {
                _ = try await world.engine.acknowledge(unread.id, by: reader)
            }
        }
    }

    private func decideRarely(
        _ view: RenewalView,
        by person: Actor,
        _ world: World,
        _ random: inout SeededGenerator
    ) async throws {
        guard let step = view.steps.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<24, using: &random) {
        case 0: _ = try await world.engine.rollBack(world.id, by: person, reason: "By chance.")
        case 1: _ = try await world.engine.abort(world.id, by: person, reason: "By chance.")
        default: try await world.override(step.id, person)
        }
    }

    private func input(for step: StepView, _ world: World) throws -> StepInput {
        guard step.needs.contains(.certificate) else { return StepInput() }
        return StepInput(certificatePEM: try Certificates.make("next", at: world.clock.now).pem)
    }
}
