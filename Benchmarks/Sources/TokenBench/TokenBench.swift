import Cryptography
import Foundation
import Keystore
import PKCS11
import Synchronization

/// `scripts/bench token`: private-key operations a second through SoftHSM, beside the same ones in memory.
@main
enum TokenBench {
    /// How long each row is measured, each time.
    private static let length = Duration.seconds(1)
    private static let rounds = 5

    static func main() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-bench-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let token = try SoftToken.make(in: folder)
        print("| operation | threads | in memory | spread | in the token | spread | ratio |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for work in try Work.all(in: token) {
            for threads in [1, 4] {
                // The two take turns, so that other load meets both.
                var (here, there): ([Double], [Double]) = ([], [])
                _ = try (rate(1, work.here), rate(1, work.there))
                for _ in 0..<rounds {
                    here.append(try rate(threads, work.here))
                    there.append(try rate(threads, work.there))
                }
                let (first, second) = (Figure(here), Figure(there))
                let ratio = String(format: "%.2f", second.median / first.median)
                print("| \(work.name) | \(threads) | \(first) | \(second) | \(ratio) |")
            }
        }
    }

    /// How often `act` is done in a second by so many threads.
    private static func rate(_ threads: Int, _ act: @escaping @Sendable () throws -> Void) throws -> Double {
        let count = Atomic(0)
        let failure = Mutex<(any Error)?>(nil)
        let start = ContinuousClock.now
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            do {
                while ContinuousClock.now - start < length {
                    try act()
                    count.wrappingAdd(1, ordering: .relaxed)
                }
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let failure = failure.withLock({ $0 }) { throw failure }
        let elapsed = (ContinuousClock.now - start).components
        let seconds = Double(elapsed.seconds) + Double(elapsed.attoseconds) / 1e18
        return Double(count.load(ordering: .relaxed)) / seconds
    }

    /// The median of some rounds, and the distance of their extremes as its share.
    private struct Figure: CustomStringConvertible {
        let median: Double
        private let spread: Double

        init(_ values: [Double]) {
            let sorted = values.sorted()
            median = sorted[sorted.count / 2]
            spread = ((sorted.last ?? 0) - (sorted.first ?? 0)) / median
        }

        var description: String {
            "\(Int(median.rounded()).formatted(.number.locale(Locale(identifier: "en_US")))) | \(Int(spread * 100)) %"
        }
    }
}
