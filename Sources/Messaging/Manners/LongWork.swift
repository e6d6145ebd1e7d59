import Dispatch

/// Work on large messages, which reads and writes files and takes long: the threads that carry messages do not wait for it.
enum LongWork {
    private static let queue = DispatchQueue(label: "large messages", attributes: .concurrent)

    /// What `work` returns or throws, done elsewhere.
    static func run<Value: Sendable>(_ work: @escaping @Sendable () throws -> Value) async throws -> Value {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Value, any Error>) in
            queue.async { continuation.resume(with: Result(catching: work)) }
        }
    }
}
