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
            try await world.disturb(notices: 4, orders: 1) {
                for round in 1...Self.roundCount { try await strike(world, round: round, random: &random) }
                try await world.start()
            }
            let journal = world.journal.state
            #expect(journal.accepted.count >= Self.roundCount * 4 / 5)
            // What one kill can repeat is what was in delivery, eight messages, and one request.
            #expect(journal.takenTwiceCount <= Self.roundCount * 9)
        }
    }

    /// One round: a start, a random while, a kill, and a look at what is left.
    private func strike(_ world: FaultWorld, round: Int, random: inout SeededGenerator) async throws {
        let isWithinStart = round.isMultiple(of: 5)
        let accepted = world.journal.state.accepted.count
        if isWithinStart {
            try await world.launch()
        } else {
            try await world.start()
            try await wait(for: "traffic") { world.journal.state.accepted.count > accepted }
        }
        try await Task.sleep(for: .milliseconds(Int.random(in: 0..<300, using: &random)))
        try await world.kill()
        let evidence = try Evidence(of: world.folder)
        let journal = world.journal.state
        #expect(evidence.damage.isEmpty, "round \(round)")
        let lost = journal.accepted.subtracting(evidence.states.keys)
        #expect(lost.isEmpty, "round \(round): accepted and not stored")
        let forgotten = journal.accepted.filter { evidence.states[$0] == "completed" && !journal.isTaken($0) }
        #expect(forgotten.isEmpty, "round \(round): completed and not delivered")
    }
}
