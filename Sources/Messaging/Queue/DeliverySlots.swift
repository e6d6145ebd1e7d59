import Synchronization

/// The deliveries under way, and whether messages may be waiting for one of them to end.
final class DeliverySlots: Sendable {
    private struct State {
        var total = 0
        var byFlow: [FlowID: Int] = [:]
    }

    private let limit: Int
    private let perFlow: Int
    private let state = Mutex(State())

    /// Room for `limit` deliveries, `perFlow` of one flow.
    init(limit: Int, perFlow: Int) { (self.limit, self.perFlow) = (limit, perFlow) }

    /// How many more may begin.
    var freeCount: Int { limit - state.withLock { $0.total } }

    /// Counts deliveries as under way, all before the first of them can end.
    func begin(_ messages: [StoredMessage]) {
        state.withLock { state in
            for message in messages {
                state.total += 1
                state.byFlow[message.flow, default: 0] += 1
            }
        }
    }

    /// Ends a delivery; true when there was no room for another one before.
    func end(_ flow: FlowID, isOrdered: Bool) -> Bool {
        state.withLock { state in
            let count = state.byFlow[flow, default: 1]
            defer {
                state.total -= 1
                state.byFlow[flow] = count > 1 ? count - 1 : nil
            }
            return state.total >= limit || count >= (isOrdered ? 1 : perFlow)
        }
    }
}
