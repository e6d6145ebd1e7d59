import Foundation

/// Runs many jobs in one start of a peer.
struct PeerBatch {
    let stack: ForeignStack
    let folder: URL

    /// What came of each job, in order: `nil` when it succeeded, else the peer's reason.
    func run(_ jobs: [PeerJob]) async throws -> [String?] {
        let input = folder.appending(path: "\(stack.rawValue)-\(UUID().uuidString).jobs")
        try Data(jobs.map { $0.line + "\n" }.joined().utf8).write(to: input)
        let process = Process()
        process.executableURL = stack.program
        process.arguments = stack.arguments + ["batch"]
        process.standardInput = try FileHandle(forReadingFrom: input)
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let lines = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            .split(separator: "\n")
        process.waitUntilExit()
        guard lines.count == jobs.count else {
            throw PeerFailure(reason: "\(stack) answered \(lines.count) of \(jobs.count) jobs")
        }
        return lines.map { $0 == "ok" ? nil : String($0) }
    }
}

/// A peer did not do its work.
struct PeerFailure: Error, CustomStringConvertible {
    let reason: String

    var description: String { reason }
}
