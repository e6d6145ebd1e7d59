import Cryptography
import Keystore
import Renewal
import TestSupport

/// A topology and what is done in it.
struct Walk: CustomStringConvertible {
    let seed: UInt64
    let topology: Topology
    private(set) var actions: [ModelAction]

    init(seed: UInt64, length: Int) throws {
        var random = SeededGenerator(seed: seed)
        self.seed = seed
        topology = try Topology(&random, sharing: Int.random(in: 0..<3, using: &random) == 0)
        let choice = [0, 0, Int.random(in: 0..<1_000, using: &random), 4, 7, 10].randomElement(using: &random) ?? 0
        actions = [.begin(key: 0, choice: choice, person: 1)] + Self.course(&random)
        actions += (0..<length).map { _ in .random(&random) }
    }

    /// Rounds in which everybody does what is theirs, so that random acts begin at any depth of a renewal; none in half of
    /// the walks.
    private static func course(_ random: inout SeededGenerator) -> [ModelAction] {
        let rounds = Bool.random(using: &random) ? Int.random(in: 1..<24, using: &random) : 0
        return (0..<rounds)
            .flatMap { _ -> [ModelAction] in
                let (step, person) = (Int.random(in: 0..<4, using: &random), Int.random(in: 0..<1_000, using: &random))
                let pass: [ModelAction] =
                    switch Int.random(in: 0..<20, using: &random) {
                    case 0: [.wait(seconds: 40 * 86_400), .tick]
                    case 1..<4: [.wait(seconds: 600), .tick]
                    case 4: [.selfTest, .tick]
                    default: []
                    }
                return [
                    .acknowledge(reader: 0), .claimOpen(renewal: 0, step: step, person: person), .traffic(messages: 5),
                ]
                    + pass
            }
    }

    /// What does not hold at the first state in which something does not; `nil` when everything does.
    func fault(_ masterKey: MasterKey, _ certificates: [Certificate]) async throws -> String? {
        let world = try ModelWorld(topology, masterKey: masterKey, certificates: certificates)
        let invariants = ModelInvariants(world: world)
        for (turn, action) in actions.enumerated() {
            do {
                try await world.carryOut(action)
                try invariants.check(isThorough: turn == actions.count - 1)
            } catch {
                return "after act \(turn), \(action): \(error)"
            }
        }
        return nil
    }

    /// What happened to its renewals, each event as often as it did.
    func events(_ masterKey: MasterKey, _ certificates: [Certificate]) async throws -> [String] {
        let world = try ModelWorld(topology, masterKey: masterKey, certificates: certificates)
        for action in actions { try await world.carryOut(action) }
        return world.store.contents.journals.values.flatMap { $0.map(\.event.name) }
    }

    /// Each act with what it made the journals say, until something does not hold.
    func story(_ masterKey: MasterKey, _ certificates: [Certificate]) async throws -> String {
        let world = try ModelWorld(topology, masterKey: masterKey, certificates: certificates)
        let invariants = ModelInvariants(world: world)
        var (lines, told): ([String], [RenewalID: Int]) = ([], [:])
        for action in actions {
            lines.append("  \(action)")
            do {
                try await world.carryOut(action)
                try invariants.check(isThorough: false)
            } catch {
                return (lines + ["    \(error)"]).joined(separator: "\n")
            }
            for (id, journal) in world.store.contents.journals {
                let news = journal.dropFirst(told[id] ?? 0)
                lines += news.map { entry in
                    "    \(id): \(entry.event.step.map { "\($0) " } ?? "")\(entry.event.name) by \(entry.actor.name)"
                }
                told[id] = journal.count
            }
        }
        return lines.joined(separator: "\n")
    }

    /// The same walk with as few acts as break it.
    func shrunken(_ masterKey: MasterKey, _ certificates: [Certificate]) async throws -> Walk {
        try await shrunken { actions in
            var walk = self
            walk.actions = actions
            return try await walk.fault(masterKey, certificates) != nil
        }
    }

    /// The walk with as few acts as `isBroken` needs: halves, quarters and so on are left out as long as it stays true.
    func shrunken(_ isBroken: ([ModelAction]) async throws -> Bool) async throws -> Walk {
        var walk = self
        var width = max(1, actions.count / 2)
        while width > 0 {
            var start = 0
            while start < walk.actions.count {
                var fewer = walk.actions
                fewer.removeSubrange(start..<min(start + width, fewer.count))
                if try await isBroken(fewer) { walk.actions = fewer } else { start += width }
            }
            width /= 2
        }
        return walk
    }

    var description: String {
        "seed \(seed) over \(topology)\n" + actions.map { "  \($0)" }.joined(separator: "\n")
    }
}
