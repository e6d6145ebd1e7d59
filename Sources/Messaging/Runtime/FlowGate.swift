import Synchronization

/// The door of one flow: lets exchanges in while it is open, counts them, and tells when the last one has left.
final class FlowGate: Sendable {
    private struct State {
        var status: FlowStatus
        var inFlight = 0
        /// Grows when exchanges are cut off; those of an earlier era may send nothing any more.
        var era = 0
        var waiting: [AsyncStream<Never>.Continuation] = []
        /// Who waits for another status.
        var queueing: [AsyncStream<Never>.Continuation] = []
    }

    private let state: Mutex<State>

    init(status: FlowStatus) {
        state = Mutex(State(status: status))
    }

    var status: FlowStatus { state.withLock { $0.status } }

    var inFlight: Int { state.withLock { $0.inFlight } }

    /// Opens or closes the door for those who come; those who are inside are left alone.
    func set(_ status: FlowStatus) {
        let queueing = state.withLock { state in
            defer { state.queueing = [] }
            state.status = status
            return state.queueing
        }
        for continuation in queueing { continuation.finish() }
    }

    /// Waits while the flow is held, `bound` at the most.
    func waitWhileHeld(within bound: Duration) async {
        let (changed, continuation) = AsyncStream.makeStream(of: Never.self)
        state.withLock { state in
            if state.status == .held { state.queueing.append(continuation) } else { continuation.finish() }
        }
        await Self.wait(for: changed, within: bound)
        continuation.finish()
    }

    /// Lets an exchange in when the flow has one of `statuses`; returns the era it belongs to, or `nil` at a closed
    /// door.
    func enter(while statuses: Set<FlowStatus>) -> Int? {
        state.withLock { state in
            guard statuses.contains(state.status) else { return nil }
            state.inFlight += 1
            return state.era
        }
    }

    /// Ends an exchange that was let in.
    func leave() {
        let waiting = state.withLock { state in
            state.inFlight -= 1
            guard state.inFlight == 0 else { return [AsyncStream<Never>.Continuation]() }
            defer { state.waiting = [] }
            return state.waiting
        }
        for continuation in waiting { continuation.finish() }
    }

    /// Whether exchanges of `era` may still send.
    func maySend(_ era: Int) -> Bool { state.withLock { $0.era == era } }

    /// Waits until nobody is inside, `bound` at the most, and returns how many are left.
    ///
    /// They are cut off, and can send nothing any more, unless the flow was deployed again meanwhile.
    func drain(within bound: Duration) async -> Int {
        let (emptied, continuation) = AsyncStream.makeStream(of: Never.self)
        state.withLock { state in
            if state.inFlight == 0 { continuation.finish() } else { state.waiting.append(continuation) }
        }
        await Self.wait(for: emptied, within: bound)
        return state.withLock { state in
            if state.inFlight > 0, state.status != .deployed { state.era += 1 }
            return state.inFlight
        }
    }

    private static func wait(for end: AsyncStream<Never>, within bound: Duration) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in end {} }
            group.addTask { try? await Task.sleep(for: bound) }
            await group.next()
            group.cancelAll()
        }
    }
}
