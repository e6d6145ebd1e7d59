import Keystore
import Renewal
import Synchronization

/// What the partners' systems make of trials.
final class Trials: Sendable {
    private struct State {
        var ways: [String: ProofWays] = [:]
        var findings: [ProbeFinding] = []
        var sent: [Probe] = []
        var offered: Set<Probe> = []
        var isPassed = false
        var canaries: Set<Canary> = []
    }

    private let state = Mutex(State())

    /// How a key can be tried on a flow.
    func offer(_ ways: ProofWays, on flow: String) { state.withLock { $0.ways[flow] = ways } }

    /// What the next probes show, one after the other; the last one goes on.
    func answer(_ outcomes: [ProbeFinding.Outcome]) {
        state.withLock { $0.findings = outcomes.map { ProbeFinding(outcome: $0, status: "played \($0.rawValue)") } }
    }

    /// The probes that were sent.
    var sent: [Probe] { state.withLock { $0.sent } }

    /// The self-tests on offer.
    var offered: Set<Probe> { state.withLock { $0.offered } }

    /// The sender's stack passes what is on offer from now on.
    func pass() { state.withLock { $0.isPassed = true } }

    func offer(_ probes: Set<Probe>) -> Set<Probe> {
        state.withLock { state in
            state.offered = probes
            return state.isPassed ? probes : []
        }
    }

    /// The shares that run.
    var canaries: Set<Canary> { state.withLock { $0.canaries } }

    func run(_ canaries: Set<Canary>) { state.withLock { $0.canaries = canaries } }

    func ways(of flow: String) -> ProofWays { state.withLock { $0.ways[flow] ?? ProofWays() } }

    func send(_ probe: Probe) -> ProbeFinding {
        state.withLock { state in
            state.sent.append(probe)
            guard let first = state.findings.first else {
                return ProbeFinding(outcome: .inconclusive, status: "nobody is there")
            }
            if state.findings.count > 1 { state.findings.removeFirst() }
            return first
        }
    }
}
