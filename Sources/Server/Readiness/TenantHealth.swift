import Synchronization

/// What a tenant's parts report about themselves, and whether it may be given messages.
package final class TenantHealth: Sendable {
    /// The listeners that must be up.
    enum Listener: String, CaseIterable, Sendable {
        case messages
        case management
    }

    private struct State {
        var listeners: Set<Listener> = []
        var isDraining = false
        /// How the last write to the store ended, and when that was.
        var write: (succeeded: Bool, at: ContinuousClock.Instant)?
        var isKeyringCurrent = false
        /// What is wrong with the keys that are needed; nil while nothing is known to be.
        var keyObstacle: String?
        /// What is wrong with a flow that cannot be served; nil while nothing is known to be.
        var flowObstacle: String?
    }

    private let state = Mutex(State())
    /// How old the last proof of the store may be.
    private let proofBound: Duration

    /// A tenant of which nothing is known yet; a store that was not written for `proofBound` counts as not writable.
    package init(proofBound: Duration = .seconds(10)) {
        self.proofBound = proofBound
    }

    /// The listener accepts connections, or no longer.
    func report(_ listener: Listener, isUp: Bool) {
        state.withLock { state in
            if isUp { state.listeners.insert(listener) } else { state.listeners.remove(listener) }
        }
    }

    /// The tenant ends: it lets exchanges under way finish and takes no new ones.
    package func beginDraining() { state.withLock { $0.isDraining = true } }

    /// Whether every check holds.
    package var isReady: Bool { checks().allSatisfy(\.isMet) }

    /// Whether the tenant is ending.
    package var isDraining: Bool { state.withLock { $0.isDraining } }

    /// How a write to the store ended, and whether the keyring has the store's keyset.
    func report(storeWritten: Bool, isKeyringCurrent: Bool) {
        state.withLock { state in
            state.write = (storeWritten, .now)
            state.isKeyringCurrent = isKeyringCurrent
        }
    }

    /// What is wrong with the keys that deployed flows and listeners need; nil when nothing is.
    func report(keyObstacle: String?) { state.withLock { $0.keyObstacle = keyObstacle } }

    /// What is wrong with a flow that cannot be read from the store; nil when nothing is.
    func report(flowObstacle: String?) { state.withLock { $0.flowObstacle = flowObstacle } }

    /// The checks of this moment, in a fixed order.
    func checks() -> [ReadinessCheck] {
        state.withLock { state in
            let missing = Listener.allCases.filter { !state.listeners.contains($0) }.map(\.rawValue)
            return [
                ReadinessCheck(.store, store(state)),
                ReadinessCheck(
                    .keyring,
                    state.isKeyringCurrent ? state.keyObstacle : "the store's keyset is not loaded"
                ),
                ReadinessCheck(.flows, state.flowObstacle),
                ReadinessCheck(
                    .listeners,
                    missing.isEmpty ? nil : "not listening: \(missing.joined(separator: ", "))"
                ),
                ReadinessCheck(.draining, state.isDraining ? "the tenant is ending" : nil),
            ]
        }
    }

    private func store(_ state: State) -> String? {
        guard let write = state.write else { return "not written yet" }
        guard write.succeeded else { return "the last write failed; the log says why" }
        return ContinuousClock.now - write.at > proofBound ? "no write has ended for \(proofBound)" : nil
    }
}

/// One condition of readiness.
struct ReadinessCheck: Sendable {
    /// The conditions.
    enum Name: String, CaseIterable, Sendable {
        /// The store takes writes.
        case store
        /// The keys of the store are loaded, and those that are needed open.
        case keyring
        /// The flows that were read from the store could be read; those that are not read yet are when a message is for them.
        case flows
        /// All listeners accept connections.
        case listeners
        /// The tenant is not ending.
        case draining
    }

    let name: Name
    /// Why it does not hold; nil when it does.
    let obstacle: String?

    var isMet: Bool { obstacle == nil }

    init(_ name: Name, _ obstacle: String?) {
        self.name = name
        self.obstacle = obstacle
    }
}
