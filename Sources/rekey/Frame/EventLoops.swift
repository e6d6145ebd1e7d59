import Foundation
import NIOCore

/// How many event loops the program has.
enum EventLoops {
    /// One a core that the process may use: a loop more would only take turns with the others.
    ///
    /// `NIO_SINGLETON_GROUP_LOOP_COUNT` overrules it. For the beginning of the program, before any loop runs.
    static func useAllowedCores() {
        guard ProcessInfo.processInfo.environment["NIO_SINGLETON_GROUP_LOOP_COUNT"] == nil else { return }
        let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let allowed = status.flatMap(coreCount) ?? System.coreCount
        NIOSingletons.groupLoopCountSuggestion = max(1, min(System.coreCount, allowed))
    }

    /// The cores that `taskset` or systemd's `CPUAffinity=` leaves, of the kernel's words about a process; `nil` when they do not say.
    static func coreCount(status: String) -> Int? {
        guard let line = status.split(separator: "\n").first(where: { $0.hasPrefix("Cpus_allowed:") }) else {
            return nil
        }
        let count = line.drop { $0 != ":" }.reduce(0) { $0 + ($1.hexDigitValue?.nonzeroBitCount ?? 0) }
        return count > 0 ? count : nil
    }
}
