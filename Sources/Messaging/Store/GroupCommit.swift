/// Gathers what several tasks want written and commits it in one transaction: who comes while a commit is under way
/// waits for the next one. Commits are strictly one after the other.
///
/// There is no task of its own: the first caller commits for all that came with it, then hands over.
actor GroupCommit<Item: Sendable, Outcome: Sendable> {
    private enum Turn {
        case committed(Result<Outcome, any Error>)
        case lead
    }

    private struct Waiter {
        let item: Item
        let turn: CheckedContinuation<Turn, Never>
    }

    /// Gives one outcome for each item, in order.
    private let commit: @Sendable ([Item]) async throws -> [Outcome]
    private let limit: Int
    private var waiters: [Waiter] = []
    private var isCommitting = false

    /// Commits at most `limit` items at once, by `commit`, which gives one outcome for each item, in order.
    init(limit: Int = 256, commit: @escaping @Sendable ([Item]) async throws -> [Outcome]) {
        self.limit = limit
        self.commit = commit
    }

    /// How many wait for the next commit.
    var waitingCount: Int { waiters.count }

    /// Commits `item`, alone or with others; returns when it is durable.
    func submit(_ item: Item) async throws -> Outcome {
        if isCommitting {
            let turn = await withCheckedContinuation { waiters.append(Waiter(item: item, turn: $0)) }
            if case .committed(let result) = turn { return try result.get() }
        }
        isCommitting = true
        return try await lead(item)
    }

    private func lead(_ item: Item) async throws -> Outcome {
        let companions = Array(waiters.prefix(limit - 1))
        waiters.removeFirst(companions.count)
        defer { handOver() }
        do {
            let outcomes = try await commit([item] + companions.map(\.item))
            for (companion, outcome) in zip(companions, outcomes.dropFirst()) {
                companion.turn.resume(returning: .committed(.success(outcome)))
            }
            return outcomes[0]
        } catch {
            for companion in companions {
                companion.turn.resume(returning: .committed(.failure(error)))
            }
            throw error
        }
    }

    private func handOver() {
        guard !waiters.isEmpty else {
            isCommitting = false
            return
        }
        waiters.removeFirst().turn.resume(returning: .lead)
    }
}
