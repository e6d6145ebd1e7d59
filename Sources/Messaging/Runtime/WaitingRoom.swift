import Synchronization

/// Requests with a reply that wait for a held flow; bounded, because each keeps its message in memory.
final class WaitingRoom: Sendable {
    private let limit: Int
    private let count = Mutex(0)

    init(limit: Int) { self.limit = limit }

    /// Waits until the flow is no longer held, `bound` at the most; returns at once when the room is full.
    func wait(at gate: FlowGate, for bound: Duration) async {
        let isIn = count.withLock { count in
            guard count < limit else { return false }
            count += 1
            return true
        }
        guard isIn else { return }
        await gate.waitWhileHeld(within: bound)
        count.withLock { $0 -= 1 }
    }
}
