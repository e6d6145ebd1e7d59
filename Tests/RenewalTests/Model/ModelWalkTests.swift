import Cryptography
import Foundation
import Keystore
import Renewal
import TestSupport
import Testing

/// Random orders of acts by random people over random topologies, several renewals at once: the invariants hold in every
/// state.
///
/// `REKEY_WALKS` says how many; `scripts/test` runs 10,000.
@Suite struct ModelWalkTests {
    private static let length = 60
    private static let defaultCount = 200
    private static let lanes = 4

    private static var count: Int {
        ProcessInfo.processInfo.environment["REKEY_WALKS"].flatMap { Int($0) } ?? defaultCount
    }

    @Test("Walks over random topologies keep the invariants", arguments: 0..<lanes)
    func walks(lane: Int) async throws {
        let (masterKey, certificates) = (try MasterKey.generate(), try Self.certificates())
        for seed in stride(from: lane + 1, through: Self.count, by: Self.lanes) {
            let walk = try Walk(seed: UInt64(seed), length: Self.length)
            guard let fault = try await walk.fault(masterKey, certificates) else { continue }
            let shrunken = try await walk.shrunken(masterKey, certificates)
            Issue.record("seed \(seed): \(fault)\n\(shrunken)")
            return
        }
    }

    @Test func `A walk that breaks an invariant is told by the fewest acts`() async throws {
        let walk = try Walk(seed: 1, length: Self.length)
        let shortest = try await walk.shrunken { actions in
            actions.contains { if case .tick = $0 { true } else { false } }
        }
        #expect(shortest.actions == [.tick] || !walk.actions.contains(.tick))
    }

    private static func certificates() throws -> [Certificate] {
        let now = SimulatedClock().now
        return try (0..<40)
            .map { number in
                try Certificate.selfSigned(
                    key: try PrivateKey.generate(.p256),
                    subject: "CN=partner \(number)",
                    notBefore: now,
                    notAfter: now.addingTimeInterval(20 * 365 * 86_400)
                )
            }
    }
}

/// A topology and what is done in it.
struct Walk: CustomStringConvertible {
    let seed: UInt64
    let topology: Topology
    private(set) var actions: [ModelAction]

    init(seed: UInt64, length: Int) throws {
        var random = SeededGenerator(seed: seed)
        self.seed = seed
        topology = try Topology(&random)
        actions = [.begin(key: 0, person: 1)] + (0..<length).map { _ in .random(&random) }
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
