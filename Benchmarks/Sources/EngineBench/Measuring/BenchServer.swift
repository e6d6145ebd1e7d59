import CLimit
import Foundation

/// Measures on request, one line each: `STACK OPERATION OCTETS SECONDS`, answered by `COUNT NANOSECONDS`, then where they
/// are known the allocations of one operation, or `-`, and the most memory in octets.
///
/// Time is the CPU time of the whole process; what an operation takes is made before it begins. SECONDS may be 0: once.
/// An operation that a stack has not is answered by `none`, a failure by `fail` and its cause. Foreign stacks speak the
/// same protocol, so that rounds of all of them alternate.
struct BenchServer {
    private var stacks: [String: any Stack]
    private var works: [String: () throws -> Void] = [:]

    init(folder: String) throws {
        let now = Date()
        let rekey = try RekeyStack(keys: KeyFiles(folder: folder, now: now), folder: folder, now: now)
        stacks = ["rekey": rekey, "limit": LimitStack(rekey: rekey), "rsa": RawKeyStack()]
        stacks[StreamStack.name] = StreamStack(rekey: rekey, folder: folder, now: now)
    }

    /// Serves standard input until it ends.
    mutating func run() {
        while let line = readLine() {
            let words = line.split(separator: " ").map(String.init)
            let answer: String
            do { answer = try self.answer(words) } catch { answer = "fail \(error)" }
            FileHandle.standardOutput.write(Data((answer + "\n").utf8))
        }
    }

    private mutating func answer(_ words: [String]) throws -> String {
        guard words.count == 4, let operation = Operation(rawValue: words[1]), let octetCount = Int(words[2]),
            let seconds = Double(words[3])
        else { throw BenchError("not STACK OPERATION OCTETS SECONDS: \(words.joined(separator: " "))") }
        let name = words[..<3].joined(separator: " ")
        if works[name] == nil {
            guard let work = try stacks[words[0]]?.work(operation, octetCount: octetCount) else { return "none" }
            works[name] = work
        }
        guard let work = works[name] else { return "none" }
        return try Self.measure(work, seconds: seconds)
    }

    private static func measure(_ work: () throws -> Void, seconds: Double) throws -> String {
        let length = UInt64(seconds * 1e9)
        let allocations = limit_allocations()
        let start = limit_cpu_time()
        var count: UInt64 = 0
        var elapsed: UInt64 = 0
        var batch: UInt64 = 1
        repeat {
            for _ in 0..<batch { try work() }
            count += batch
            elapsed = limit_cpu_time() - start
            // Asking for the time costs as much as a small piece of work.
            if elapsed < 50_000 * count { batch = min(batch * 2, 32) }
        } while elapsed < length
        return "\(count) \(elapsed) \((limit_allocations() - allocations) / count)"
    }
}
