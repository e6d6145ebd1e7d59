import Foundation
import TestSupport
import Testing

@Suite("A tenant that is killed", .serialized)
struct KillTests {
    private static let roundCount = 50

    @Test(
        "Killed at 50 random moments under load it keeps every accepted message, and delivers none again on its own"
    )
    func rounds() async throws {
        var random = Seed.generator()
        try await FaultWorld.run { world in
            async let sending: Void = world.load.run(notices: 4, orders: 1)
            for round in 1...Self.roundCount {
                try await strike(world, round: round, random: &random)
            }
            try await world.start()
            world.load.finish()
            try await sending
            try await settle(world)
        }
    }

    /// One round: a start, a random while, a kill, and a look at what is left.
    private func strike(_ world: FaultWorld, round: Int, random: inout SeededGenerator) async throws {
        let isWithinStart = round.isMultiple(of: 5)
        if isWithinStart { try await world.launch() } else { try await world.start() }
        let pause = Int.random(in: 0..<(isWithinStart ? 300 : 600), using: &random)
        try await Task.sleep(for: .milliseconds(pause))
        try await world.kill()
        let evidence = try Evidence(of: world.folder)
        let journal = world.journal.state
        #expect(evidence.damage.isEmpty, "round \(round)")
        let lost = journal.accepted.subtracting(evidence.states.keys)
        #expect(lost.isEmpty, "round \(round): accepted and not stored")
        let forgotten = journal.accepted.filter { evidence.states[$0] == "completed" && !journal.isTaken($0) }
        #expect(forgotten.isEmpty, "round \(round): completed and not delivered")
    }

    private func settle(_ world: FaultWorld) async throws {
        try await wait(for: "the last deliveries") {
            let state = world.journal.state
            return state.deliveredCount == state.accepted.count
        }
        try await wait(for: "the last completions") {
            try Evidence(of: world.folder).states.values.allSatisfy { $0 == "completed" }
        }
        let journal = world.journal.state
        #expect(journal.accepted.count > Self.roundCount && !journal.answered.isEmpty)
        #expect(journal.answered.allSatisfy(journal.isTaken))
        #expect(journal.repetitions.isEmpty)
        #expect(journal.unreadable == 0)
        // What one kill can repeat is what was in delivery, eight messages, and one request.
        #expect(journal.takenTwiceCount <= Self.roundCount * 9)
        print(
            "\(journal.accepted.count) accepted, \(journal.answered.count) answered, "
                + "\(journal.takenTwiceCount) taken twice, \(journal.unanswered) unanswered, \(journal.refusals)"
        )
    }
}
