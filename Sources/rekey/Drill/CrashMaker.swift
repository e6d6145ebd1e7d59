import Synchronization

/// Kills the tenant at a random moment round a claim, and starts it again.
final class CrashMaker: Sendable {
    private let tally = Mutex(Tally())

    private struct Tally {
        var kills = 0
        /// Claims in a row that no answer came to: on a slow machine the next one gets more time.
        var unanswered = 0
    }

    /// How often it has killed.
    var kills: Int { tally.withLock { $0.kills } }

    /// Runs `act` while the tenant is killed (SIGKILL) within its first moments and started again.
    func during<Answer: Sendable>(
        _ stage: Stage,
        _ act: @Sendable () async throws -> Answer
    ) async throws -> Answer {
        async let strike: Void = strike(stage)
        let answer: Result<Answer, any Error>
        do {
            answer = .success(try await act())
        } catch {
            answer = .failure(error)
        }
        try await strike
        tally.withLock { tally in
            if case .success = answer { tally.unanswered = 0 } else { tally.unanswered += 1 }
        }
        return try answer.get()
    }

    private func strike(_ stage: Stage) async throws {
        let longest = tally.withLock { 120 << min($0.unanswered, 5) }
        try await Task.sleep(for: .milliseconds(Int.random(in: 0..<longest)))
        await stage.killTenant()
        tally.withLock { $0.kills += 1 }
        try await stage.startTenant()
    }
}
