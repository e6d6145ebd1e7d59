import Foundation

extension Program {
    /// Runs `rekey ARGUMENTS` to its end against a tenant, in the token of a person.
    func run(_ arguments: [String], as person: String, at tenant: RunningTenant) throws -> Ending {
        try run(arguments, environment: ["REKEY_SERVER": tenant.management, "REKEY_TOKEN_FILE": person])
    }
}

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
    private let log = Pipe()

    /// Starts in the program's folder and returns when both listeners accept connections.
    init(
        _ program: Program,
        configuration: String,
        environment: [String: String] = [:],
        scheme: String = "http"
    ) throws {
        process = Process()
        process.executableURL = try Program.executable()
        process.arguments = ["serve", "--config", configuration]
        process.currentDirectoryURL = program.folder
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardError = log
        process.standardOutput = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        try process.run()
        var text = ""
        while true {
            if let management = Self.port(of: "the management API is served", in: text),
                let messages = Self.port(of: "messages are accepted", in: text)
            {
                self.management = "\(scheme)://127.0.0.1:\(management)"
                self.messages = "\(scheme)://127.0.0.1:\(messages)"
                return
            }
            let more = log.fileHandleForReading.availableData
            guard !more.isEmpty else { throw DidNotStart(log: text) }
            text += String(decoding: more, as: UTF8.self)
        }
    }

    /// The port of the message endpoints.
    var messagePort: Int { messages.split(separator: ":").last.flatMap { Int($0) } ?? 0 }

    /// What `/readyz` says; empty when nobody answers.
    var readiness: String {
        guard let port = management.split(separator: ":").last.flatMap({ Int($0) }),
            let socket = try? TenantSocket(port: port)
        else { return "" }
        socket.send("GET /readyz HTTP/1.1\r\nHost: tenant\r\nConnection: close\r\n\r\n")
        return socket.receive(until: "]}")
    }

    /// Asks it to end (SIGTERM) and returns its exit status.
    func terminate() -> Int32 {
        signal()
        return wait()
    }

    /// Asks it to end (SIGTERM).
    func signal() { process.terminate() }

    /// Ends it as a power cut would (SIGKILL).
    func kill() {
        Foundation.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Its exit status, once it has ended.
    func wait() -> Int32 {
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// What it logs from now on, until it has ended.
    func rest() -> String {
        String(decoding: log.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    }

    private static func port(of message: String, in log: String) -> Int? {
        log.split(separator: "\n").first { $0.hasSuffix(message) || $0.contains("\"message\":\"\(message)\"") }?
            .firstMatch(of: /listen\.port(?:=|":")([0-9]+)/)
            .flatMap { Int($0.output.1) }
    }
}
