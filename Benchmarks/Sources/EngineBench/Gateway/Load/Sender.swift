import Foundation
import Synchronization

/// Sends requests to a gateway over kept connections, and measures how long each takes.
final class Sender: Sendable {
    /// What came of a run.
    struct Outcome: Sendable {
        /// Seconds of each exchange that was answered with 2xx, ascending.
        var latencies: [Double] = []
        /// Other answers, by their first line.
        var failures: [String: Int] = [:]
        /// From the first request to the last answer.
        var seconds = 0.0

        func quantile(_ share: Double) -> Double {
            latencies.isEmpty ? 0 : latencies[min(Int(Double(latencies.count) * share), latencies.count - 1)]
        }

        /// Throws when a request failed.
        func check() throws {
            guard let failure = failures.first else { return }
            throw BenchError("\(failure.value) requests failed: \(failure.key)")
        }
    }

    private let port: Int
    private let pool: MessagePool
    private let outcome = Mutex(Outcome())
    private let remaining: Mutex<Int>

    private init(port: Int, pool: MessagePool, count: Int) {
        self.port = port
        self.pool = pool
        remaining = Mutex(count)
    }

    /// Sends `count` requests, `connections` at a time, each as soon as the one before is answered; with `rate`, at so many a
    /// second over all, and time counts from the moment at which a request was to be sent.
    static func run(_ pool: MessagePool, port: Int, count: Int, connections: Int, rate: Double? = nil) throws -> Outcome
    {
        let sender = Sender(port: port, pool: pool, count: count)
        let start = ContinuousClock.now
        let threads = (0..<connections)
            .map { number in
                Self.thread { sender.work(from: start, first: number, of: connections, rate: rate) }
            }
        for thread in threads { thread.wait() }
        var outcome = sender.outcome.withLock { $0 }
        outcome.seconds = (ContinuousClock.now - start) / .seconds(1)
        outcome.latencies.sort()
        return outcome
    }

    private static func thread(_ body: @escaping @Sendable () -> Void) -> DispatchSemaphore {
        let isOver = DispatchSemaphore(value: 0)
        Thread.detachNewThread {
            body()
            isOver.signal()
        }
        return isOver
    }

    private func work(from start: ContinuousClock.Instant, first: Int, of connections: Int, rate: Double?) {
        var (latencies, failures): ([Double], [String: Int]) = ([], [:])
        var number = first
        do {
            let socket = try Socket(port: port)
            defer { socket.end() }
            while takeOne() {
                let request = try pool.take()
                var due = ContinuousClock.now
                if let rate {
                    due = start + .seconds(Double(number) / rate)
                    number += connections
                    Thread.sleep(forTimeInterval: max(0, (due - .now) / .seconds(1)))
                }
                try socket.send(request)
                guard let answer = try socket.receive() else { throw BenchError("the gateway closed the connection") }
                if answer.line.contains(" 20") {
                    latencies.append((ContinuousClock.now - due) / .seconds(1))
                } else {
                    failures[answer.line, default: 0] += 1
                }
            }
        } catch {
            failures["\(error)", default: 0] += 1
        }
        outcome.withLock { outcome in
            outcome.latencies += latencies
            outcome.failures.merge(failures) { $0 + $1 }
        }
    }

    private func takeOne() -> Bool {
        remaining.withLock { remaining in
            remaining -= 1
            return remaining >= 0
        }
    }
}
