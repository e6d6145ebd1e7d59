package import Keystore
import Synchronization

/// A share of a flow's messages to its receiver that is protected with a staged version.
package struct CanaryTerms: Hashable, Sendable {
    /// The flow.
    package let flow: FlowID
    /// What lets them be protected so.
    package let permit: ProbePermit
    /// How many of a thousand messages, from 1 to 1000.
    package let permille: Int

    package init(flow: FlowID, permit: ProbePermit, permille: Int) {
        self.flow = flow
        self.permit = permit
        self.permille = min(max(permille, 1), 1000)
    }
}

/// Chooses which messages are protected with a version on trial.
///
/// In memory: after a restart every message goes out under the active version until the terms are set again.
final class CanaryDesk: Sendable {
    private struct Canary {
        let terms: CanaryTerms
        /// A thousand makes one message; full at first, so that the very next message is one.
        var measure = 1000
        /// Whether a message of these terms was refused: no other goes out under them.
        var isSuspended = false
    }

    private let state = Mutex<[FlowID: [KeyAlias: Canary]]>([:])

    /// Makes these the terms of `alias`, in place of its former ones; what stays the same goes on, or stays suspended.
    func set(_ terms: Set<CanaryTerms>, of alias: KeyAlias) {
        state.withLock { flows in
            for flow in Set(flows.keys).union(terms.map(\.flow)) {
                let next = terms.first { $0.flow == flow }
                guard flows[flow]?[alias]?.terms != next else { continue }
                flows[flow, default: [:]][alias] = next.map { Canary(terms: $0) }
                if flows[flow]?.isEmpty == true { flows[flow] = nil }
            }
        }
    }

    /// What the next message of the flow is protected under; `nil` = the active versions.
    func draw(_ flow: FlowID) -> ProbePermit? {
        state.withLock { flows in
            guard let canaries = flows[flow] else { return nil }
            var drawn: ProbePermit?
            for (alias, canary) in canaries where !canary.isSuspended {
                var canary = canary
                if canary.measure >= 1000, drawn == nil {
                    canary.measure -= 1000
                    drawn = canary.terms.permit
                }
                canary.measure = min(canary.measure + canary.terms.permille, 1000)
                flows[flow]?[alias] = canary
            }
            return drawn
        }
    }

    /// No further message of the flow goes out under this permit.
    func suspend(_ flow: FlowID, _ permit: ProbePermit) {
        state.withLock { flows in
            guard flows[flow]?[permit.version.alias]?.terms.permit == permit else { return }
            flows[flow]?[permit.version.alias]?.isSuspended = true
        }
    }
}
