import Foundation

/// `rekey serve` as a process, with its log in a file of its own.
final class TenantProcess {
    private let process = Process()
    private let log: URL

    /// Starts it in `folder`; `prefix` are the words before the program's own (`taskset -c 0`, for instance).
    init(in folder: URL, log name: String, prefix: [String] = []) throws {
        log = folder.appending(path: name)
        try Data().write(to: log)
        let words = try prefix + [Self.executable().path, "serve", "--config", "tenant.yaml", "--until-stdin-closes"]
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = words
        process.currentDirectoryURL = folder
        process.environment = [
            "PATH": "/usr/bin:/bin", "HOME": folder.path, "TMPDIR": folder.appending(path: "tmp").path,
        ]
        process.standardInput = Pipe()
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: log)
        try process.run()
    }

    var processID: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }
    var text: String { (try? String(contentsOf: log, encoding: .utf8)) ?? "" }

    /// The ports of messages and of the management API, once both listeners accept connections.
    var ports: (messages: Int, management: Int)? {
        let text = text
        guard let messages = Self.port(of: "messages are accepted", in: text),
            let management = Self.port(of: "the management API is served", in: text)
        else { return nil }
        return (messages, management)
    }

    /// Ends it by a signal and returns when it has ended.
    func end(by signal: Int32) {
        guard process.isRunning else { return }
        kill(process.processIdentifier, signal)
        process.waitUntilExit()
    }

    private static func port(of message: String, in log: String) -> Int? {
        log.split(separator: "\n").first { $0.contains(message) }?
            .firstMatch(of: /listen\.port"?[=:]\s*"?([0-9]+)/)
            .flatMap { Int($0.output.1) }
    }

    /// The program lies beside the tests.
    private static func executable() throws -> URL {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "rekey")
    }
}
