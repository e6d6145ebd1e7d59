import Foundation

/// A process of the built program, which ends when the test does, however it ends.
final class RekeyProcess {
    private let process = Process()
    private let log: URL

    init(_ name: String, _ arguments: [String], in folder: URL) throws {
        log = folder.appending(path: "\(name).log")
        try Data().write(to: log)
        process.executableURL = Self.program
        process.arguments = arguments + ["--until-stdin-closes"]
        process.currentDirectoryURL = folder
        process.standardInput = Pipe()
        let output = try FileHandle(forWritingTo: log)
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    /// Asks it to end and waits for the end.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    /// Waits until `isReady`.
    ///
    /// - Throws: `PeerFailure` with what the process wrote when it ends before.
    func wait(until isReady: () async throws -> Bool) async throws {
        while try await !isReady() {
            guard process.isRunning else {
                let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
                throw PeerFailure(reason: "rekey ended early: \(text.suffix(2000))")
            }
            try await Task.sleep(for: .milliseconds(20))
        }
    }

    /// The program, beside the tests that were built with it.
    private static var program: URL {
        #if DEBUG
        let configuration = "debug"
        #else
        let configuration = "release"
        #endif
        return ForeignStack.root.appending(path: ".build/\(configuration)/rekey")
    }
}
