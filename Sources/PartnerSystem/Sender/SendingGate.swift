import Synchronization

/// Lets attempts pass while sending is on; a stop waits until no attempt is open.
final class SendingGate: Sendable {
    private struct State {
        var isOpen: Bool
        var attempts = 0
        var nextWaiter = 0
        /// Those who wait to pass.
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        /// Those who wait for the last attempt to end.
        var draining: [CheckedContinuation<Void, Never>] = []
    }

    private let state: Mutex<State>

    init(isOpen: Bool) {
        state = Mutex(State(isOpen: isOpen))
    }

    var isOpen: Bool { state.withLock { $0.isOpen } }

    /// Returns once sending is on.
    ///
    /// - Throws: `CancellationError`.
    func waitUntilOpen() async throws {
        let ticket = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let passes = state.withLock { state in
                    if state.isOpen || Task.isCancelled { return true }
                    state.waiting[ticket] = continuation
                    return false
                }
                if passes { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiting.removeValue(forKey: ticket) }?.resume()
        }
        try Task.checkCancellation()
    }

    /// Runs one attempt, after waiting until sending is on.
    func pass<Result>(_ attempt: () async throws -> Result) async throws -> Result {
        while !enter() {
            try await waitUntilOpen()
        }
        defer { leave() }
        return try await attempt()
    }

    func open() {
        let waiting = state.withLock { state in
            state.isOpen = true
            defer { state.waiting = [:] }
            return state.waiting
        }
        waiting.values.forEach { $0.resume() }
    }

    /// Lets no further attempt pass and returns when none is open.
    func close() async {
        await withCheckedContinuation { continuation in
            let isQuiet = state.withLock { state in
                state.isOpen = false
                if state.attempts == 0 { return true }
                state.draining.append(continuation)
                return false
            }
            if isQuiet { continuation.resume() }
        }
    }

    private func enter() -> Bool {
        state.withLock { state in
            guard state.isOpen else { return false }
            state.attempts += 1
            return true
        }
    }

    private func leave() {
        let draining = state.withLock { state in
            state.attempts -= 1
            guard state.attempts == 0 else { return [CheckedContinuation<Void, Never>]() }
            defer { state.draining = [] }
            return state.draining
        }
        draining.forEach { $0.resume() }
    }
}
