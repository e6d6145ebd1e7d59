import Foundation

/// A process that measures on request; see `BenchServer` for the lines.
final class ServerProcess {
    /// One answer.
    struct Sample {
        let count: Int
        let nanoseconds: Double
        /// Allocations of one operation, where the stack counts them.
        let allocations: Int?
        /// The most memory, where the stack works in processes of its own.
        let peakOctets: Int?

        var operationsPerSecond: Double { nanoseconds > 0 ? Double(count) / nanoseconds * 1e9 : 0 }
    }

    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()
    private var buffer: [UInt8] = []

    /// Starts `command` on one core.
    init(_ command: [String], core: Int, folder: String) throws {
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["taskset", "-c", String(core)] + command
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    /// Has an operation repeated for `seconds`; `nil` when the stack has no such operation.
    func measure(_ stack: String, _ operation: Operation, _ octetCount: Int, seconds: Double) throws -> Sample? {
        let line = "\(stack) \(operation.rawValue) \(octetCount) \(seconds)\n"
        try input.fileHandleForWriting.write(contentsOf: Data(line.utf8))
        let answer = try readLine()
        let words = answer.split(separator: " ")
        if words.first == "none" { return nil }
        guard words.count >= 2, let count = Int(words[0]), let nanoseconds = Double(words[1]) else {
            throw BenchError("\(stack) \(operation.rawValue) \(octetCount): \(answer)")
        }
        return Sample(
            count: count,
            nanoseconds: nanoseconds,
            allocations: words.dropFirst(2).first.flatMap { Int($0) },
            peakOctets: words.dropFirst(3).first.flatMap { Int($0) }
        )
    }

    /// The most memory that was ever resident, in octets.
    var peakOctets: Int { status("VmHWM") }

    /// Ends the process.
    func stop() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    private func status(_ name: String) -> Int {
        guard let text = try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(name + ":") }),
            let kibioctets = line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap({ Int($0) })
        else { return 0 }
        return kibioctets << 10
    }

    private func readLine() throws -> String {
        while true {
            if let end = buffer.firstIndex(of: UInt8(ascii: "\n")) {
                let line = String(decoding: buffer[..<end], as: UTF8.self)
                buffer.removeSubrange(...end)
                return line
            }
            let octets = output.fileHandleForReading.availableData
            guard !octets.isEmpty else { throw BenchError("the stack's process has ended") }
            buffer += octets
        }
    }
}
