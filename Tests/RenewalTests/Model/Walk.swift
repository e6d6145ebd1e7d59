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
        topology = try Topology(&random)
        actions = [.begin(key: 0, choice: 0, person: 1)] + (0..<length).map { _ in .random(&random) }
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
