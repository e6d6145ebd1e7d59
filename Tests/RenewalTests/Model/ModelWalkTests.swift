import Cryptography
import Foundation
import Keystore
import Renewal
import TestSupport
import Testing

/// Random orders of acts by random people over random topologies, several renewals at once: the invariants hold in every
/// state.
///
/// `REKEY_WALKS` says how many, `REKEY_WALK_SEED` the seed of the first; `scripts/walks` runs 10,000.
@Suite struct ModelWalkTests {
    private static let length = 60
    private static let lanes = 4

    private static var count: Int { number("REKEY_WALKS") ?? 200 }

    private static var first: Int { number("REKEY_WALK_SEED") ?? 1 }

    @Test("Walks over random topologies keep the invariants", arguments: 0..<lanes)
    func walks(lane: Int) async throws {
        let (masterKey, certificates) = (try MasterKey.generate(), try Certificates.ofPartners())
        for seed in stride(from: Self.first + lane, to: Self.first + Self.count, by: Self.lanes) {
            let walk = try Walk(seed: UInt64(seed), length: Self.length)
            guard let fault = try await walk.fault(masterKey, certificates) else { continue }
            let shrunken = try await walk.shrunken(masterKey, certificates)
            let story = try await shrunken.story(masterKey, certificates)
            Issue.record("seed \(seed): \(fault)\n\(shrunken)\n\(story)")
            return
        }
    }

    @Test("Among the walks are keys given up, downtimes taken back for one partner, and every other end")
    func breadth() async throws {
        let (masterKey, certificates) = (try MasterKey.generate(), try Certificates.ofPartners())
        var counts: [String: Int] = [:]
        for seed in 1...150 {
            let walk = try Walk(seed: UInt64(seed), length: Self.length)
            for event in try await walk.events(masterKey, certificates) { counts[event, default: 0] += 1 }
        }
        let wanted = [
            "takenBack", "compromised", "moved", "doubled", "downtimeOverran", "windowCancelled", "rolledBack",
            "aborted",
            "completed", "canaryMoved", "destroyed",
        ]
        let missing = wanted.filter { counts[$0] == nil }
        #expect(missing.isEmpty, "\(counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })")
    }

    @Test func `A walk that breaks an invariant is told by the fewest acts`() async throws {
        let walks = try (1...20).map { try Walk(seed: UInt64($0), length: Self.length) }
        let walk = try #require(walks.first { $0.actions.contains(.tick) })
        let shortest = try await walk.shrunken { actions in
            actions.contains { if case .tick = $0 { true } else { false } }
        }
        #expect(walk.actions.count > 1 && shortest.actions == [.tick])
    }

    private static func number(_ variable: String) -> Int? {
        ProcessInfo.processInfo.environment[variable].flatMap { Int($0) }
    }
}

extension Certificates {
    /// Certificates of partners, made once for many worlds.
    static func ofPartners(_ count: Int = 40) throws -> [Certificate] {
        let now = SimulatedClock().now
        return try (0..<count)
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
