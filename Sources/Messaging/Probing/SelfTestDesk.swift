import FoundationEssentials
package import Keystore
import Synchronization

/// A self-test that a sender's own stack may run now: answers on its flow are protected with the version on trial.
package struct SelfTestOffer: Hashable, Sendable {
    /// The flow.
    package let flow: FlowID
    /// What lets the answer be protected with the staged version.
    package let permit: ProbePermit

    package init(flow: FlowID, permit: ProbePermit) {
        self.flow = flow
        self.permit = permit
    }
}

/// The self-tests on offer, the nonces that are out, and those that came back.
///
/// All of it is in memory: after a restart the offers are made again, and a sender asks for another nonce.
final class SelfTestDesk: Sendable {
    private struct Challenge {
        let offer: SelfTestOffer
        let expiresAt: Date
    }

    private struct State {
        var offers: Set<SelfTestOffer> = []
        var challenges: [String: Challenge] = [:]
        var passed: Set<SelfTestOffer> = []
    }

    /// How long a nonce may be returned.
    static let lifetime = Duration.seconds(300)
    /// How many nonces of one flow may be out; the oldest gives way.
    static let limit = 64

    private let state = Mutex(State())

    /// Makes these the offers of `alias`, in place of its former ones, and returns which of them were passed.
    func offer(_ offers: Set<SelfTestOffer>, of alias: KeyAlias) -> Set<SelfTestOffer> {
        state.withLock { state in
            state.offers = state.offers.filter { $0.permit.version.alias != alias }.union(offers)
            state.challenges = state.challenges.filter { state.offers.contains($0.value.offer) }
            state.passed = state.passed.intersection(state.offers)
            return state.passed.intersection(offers)
        }
    }

    /// What may be tested on the flow now: what was not passed yet comes first.
    func offer(on flow: FlowID) -> SelfTestOffer? {
        state.withLock { state in
            let own = state.offers.filter { $0.flow == flow }.sorted { $0.permit.version < $1.permit.version }
            return own.first { !state.passed.contains($0) } ?? own.first
        }
    }

    /// Remembers a nonce that goes out.
    func issue(_ nonce: String, for offer: SelfTestOffer, at now: Date) {
        state.withLock { state in
            state.challenges = state.challenges.filter { $0.value.expiresAt > now }
            let own = state.challenges.filter { $0.value.offer.flow == offer.flow }
            if own.count >= Self.limit, let oldest = own.min(by: { $0.value.expiresAt < $1.value.expiresAt }) {
                state.challenges[oldest.key] = nil
            }
            let end = now.addingTimeInterval(Self.lifetime.seconds)
            state.challenges[nonce] = Challenge(offer: offer, expiresAt: end)
        }
    }

    /// Takes a nonce back, once; false when it is not one that is out on `flow`.
    func redeem(_ nonce: String, on flow: FlowID, at now: Date) -> Bool {
        state.withLock { state in
            guard let challenge = state.challenges[nonce], challenge.offer.flow == flow else { return false }
            state.challenges[nonce] = nil
            guard challenge.expiresAt > now, state.offers.contains(challenge.offer) else { return false }
            state.passed.insert(challenge.offer)
            return true
        }
    }
}
