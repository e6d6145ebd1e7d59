/// Lets everybody wait until it is opened, once.
struct Latch: Sendable {
    private let stream: AsyncStream<Never>
    private let continuation: AsyncStream<Never>.Continuation

    init() {
        (stream, continuation) = AsyncStream.makeStream()
    }

    func open() { continuation.finish() }

    /// Waits; one waiter per latch.
    func wait() async {
        for await _ in stream {}
    }
}
