/// Bounds how long an operation may take.
enum Deadline {
    /// What `operation` returns, or nil when it takes longer than `bound` (then it is cancelled).
    static func within<Value: Sendable>(
        _ bound: Duration,
        _ operation: @escaping @Sendable () async throws -> Value
    ) async throws -> Value? {
        try await withThrowingTaskGroup(of: Value?.self) { group in
            group.addTask { try await operation() }
            group.addTask {
                try await Task.sleep(for: bound)
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }
}
