import Foundation

/// A gateway as a process of its own on core 0.
protocol Gateway: AnyObject {
    var name: String { get }
    /// The processes whose time counts.
    var processIDs: [Int32] { get }
    /// Where messages arrive.
    var port: Int { get }
    func carries(_ flow: GatewayFlow) -> Bool
    func stop()
}

/// What the kernel says about processes.
enum ProcessFacts {
    /// The CPU time of the processes in seconds, all threads, system calls included.
    static func cpuSeconds(_ processes: [Int32]) -> Double {
        let ticks = processes.reduce(0.0) { sum, process in
            guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else { return sum }
            let words = text[(text.lastIndex(of: ")") ?? text.startIndex)...].split(separator: " ")
            return sum + (Double(words[12]) ?? 0) + (Double(words[13]) ?? 0)
        }
        return ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Resident memory in octets.
    static func residentOctets(_ processes: [Int32]) -> Int {
        processes.reduce(0) { sum, process in
            let text = (try? String(contentsOfFile: "/proc/\(process)/status", encoding: .utf8)) ?? ""
            let line = text.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
            return sum + (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0) << 10
        }
    }

    /// The processes that `process` started.
    static func children(of process: Int32) -> [Int32] {
        let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/children", encoding: .utf8)
        return (text ?? "").split(whereSeparator: \.isWhitespace).compactMap { Int32($0) }
    }
}

/// A command on core 0, its output in files; the kernel ends it with the process that measures, however that one ends.
final class BoundProcess {
    private let process = Process()
    let log: URL

    init(_ command: [String], folder: URL, log name: String, environment: [String: String] = [:]) throws {
        log = folder.appending(path: name)
        try Data().write(to: log)
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["setpriv", "--pdeathsig", "TERM", "taskset", "-c", "0"] + command
        process.currentDirectoryURL = folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
    }

    var processID: Int32 { process.processIdentifier }
    var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// Waits until `find` finds something in what it has written.
    func wait<Found>(_ what: String, _ find: (String) -> Found?) throws -> Found {
        for _ in 0..<600 {
            if let found = find(text) { return found }
            guard process.isRunning else { break }
            Thread.sleep(forTimeInterval: 0.1)
        }
        throw BenchError("\(what) did not start: \(text.suffix(1000))")
    }

    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }
}
