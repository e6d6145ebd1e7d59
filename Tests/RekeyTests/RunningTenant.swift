import Foundation

/// `rekey serve` as a process, with its ports read from its log.
struct RunningTenant {
    /// Why a tenant did not come up.
    struct DidNotStart: Error {
        let log: String
    }

    /// The base of the management API.
    let management: String
    /// The base of the message endpoints.
    let messages: String
    private let process: Process

    /// Starts in the program's folder and returns when both listeners accept connections.
    init(_ program: Program, configuration: String) throws {
        process = Process()
        process.executableURL = try Program.executable()
        process.arguments = ["serve", "--config", configuration]
        process.currentDirectoryURL = program.folder
        let log = Pipe()
        process.standardError = log
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var text = ""
        while true {
            if let management = Self.port(of: "the management API is served", in: text),
                let messages = Self.port(of: "messages are accepted", in: text)
            {
                self.management = "http://127.0.0.1:\(management)"
                self.messages = "http://127.0.0.1:\(messages)"
                return
            }
            let more = log.fileHandleForReading.availableData
            guard !more.isEmpty else { throw DidNotStart(log: text) }
            text += String(decoding: more, as: UTF8.self)
        }
    }

    /// Asks it to end (SIGTERM) and returns its exit status.
    func terminate() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func port(of message: String, in log: String) -> Int? {
        log.split(separator: "\n").first { $0.hasSuffix(message) }?
            .firstMatch(of: /listen\.port=([0-9]+)/)
            .flatMap { Int($0.output.1) }
    }
}
