import Foundation
import Synchronization

/// A process of the rehearsal: this program with other arguments, its output in a file of its own.
///
/// The child watches its standard input, a pipe that only the rehearsal holds: however the rehearsal ends, the child ends too.
final class ChildProcess: Sendable {
    /// What the rehearsal calls it.
    let name: String
    private let logFile: URL
    private let running: Mutex<Process>

    /// Starts `rekey ARGUMENTS --until-stdin-closes` in `folder`.
    init(_ name: String, arguments: [String], in folder: URL) throws {
        self.name = name
        logFile = folder.appending(path: "\(name).log")
        let process = Process()
        process.executableURL = try Self.thisProgram()
        process.arguments = arguments + ["--until-stdin-closes"]
        process.currentDirectoryURL = folder
        process.standardInput = Pipe()
        let output = try Self.appending(to: logFile)
        process.standardOutput = output
        process.standardError = output
        try process.run()
        running = Mutex(process)
    }

    /// Whether it still runs.
    var isRunning: Bool { running.withLock(\.isRunning) }

    /// Ends it at once (SIGKILL), as a power cut would, and waits for the end.
    func kill() {
        running.withLock { process in
            guard process.isRunning else { return }
            Foundation.kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
    }

    /// Asks it to end (SIGTERM) and waits for the end.
    func stop() {
        running.withLock { process in
            guard process.isRunning else { return }
            process.terminate()
            process.waitUntilExit()
        }
    }

    /// The last lines of its output, for an error that must explain an unexpected end.
    func lastLines(_ count: Int = 8) -> String {
        let text = (try? String(contentsOf: logFile, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(count).joined(separator: "\n")
    }

    private static func thisProgram() throws -> URL {
        URL(filePath: try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
    }

    private static func appending(to file: URL) throws -> FileHandle {
        if !FileManager.default.fileExists(atPath: file.path) {
            try Data().write(to: file)
        }
        let handle = try FileHandle(forWritingTo: file)
        try handle.seekToEnd()
        return handle
    }
}
