import Keystore
import TestSupport
import Testing

@Suite struct KeyVersionStateTests {
    @Test func `only the active version protects, and only staged, active and retiring ones process`() {
        #expect(KeyVersionState.allCases.filter(\.canProtect) == [.active])
        #expect(KeyVersionState.allCases.filter(\.canProcess) == [.staged, .active, .retiring])
    }

    @Test func `nothing leaves destroyed, and only kept versions enter it`() {
        #expect(KeyVersionState.destroyed.successors.isEmpty)
        #expect(KeyVersionState.allCases.filter { $0.canBecome(.destroyed) } == [.retired, .compromised])
        for state in KeyVersionState.allCases { #expect(!state.canBecome(.pending) && !state.canBecome(state)) }
    }

    /// Outside a rollback the order of life is never reversed, so no walk can return to protecting.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func `every walk without rollbacks goes forward and ends`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let rank: [KeyVersionState: Int] = [
            .pending: 0, .staged: 1, .active: 2, .retiring: 3, .retired: 4, .compromised: 5, .destroyed: 6,
        ]
        var state = KeyVersionState.pending
        var steps = 0
        while let next = state.successors.filter({ !Self.isRollback(state, $0) })
            .sorted(by: { $0.rawValue < $1.rawValue })
            .randomElement(using: &generator)
        {
            #expect((rank[next] ?? 0) > (rank[state] ?? 0), "seed \(seed)")
            state = next
            steps += 1
        }
        #expect(state == .destroyed && steps <= 6, "seed \(seed)")
    }

    private static func isRollback(_ from: KeyVersionState, _ to: KeyVersionState) -> Bool {
        (from, to) == (.active, .staged) || (from, to) == (.retiring, .active)
    }
}
