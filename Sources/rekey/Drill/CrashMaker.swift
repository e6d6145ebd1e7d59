import Synchronization

/// Kills the tenant at a random moment round a claim, and starts it again.
final class CrashMaker: Sendable {
    private let count = Mutex(0)

    /// How often it has killed.
    var kills: Int { count.withLock { $0 } }

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
        return try answer.get()
    }

    private func strike(_ stage: Stage) async throws {
        try await Task.sleep(for: .milliseconds(Int.random(in: 0..<120)))
        await stage.killTenant()
        count.withLock { $0 += 1 }
        try await stage.startTenant()
    }
}
