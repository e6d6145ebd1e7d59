import Foundation

/// The built program, run as a process.
struct Program {
    /// How a run ended.
    struct Ending {
        let status: Int32
        let output: String
        let diagnosis: String
    }

    /// The folder in which it runs, removed by `remove()`.
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "rekey-program-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    func remove() {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Runs `rekey ARGUMENTS` to its end.
    func run(
        _ arguments: String...,
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> Ending {
        try run(arguments, input: input, environment: environment)
    }

    /// Runs a line as a shell does in which `rekey` is known; a pipe fails when one of its programs does.
    func run(shell line: String) throws -> Ending {
        let path = try Self.executable().deletingLastPathComponent().path
        return try run(
            URL(filePath: "/bin/bash"),
            ["-o", "pipefail", "-c", line],
            environment: ["PATH": path + ":/usr/bin:/bin"]
        )
    }

    /// Runs `rekey ARGUMENTS` to its end.
    func run(
        _ arguments: [String],
        input: String = "",
        environment: [String: String] = [:]
    ) throws -> Ending {
        try run(Self.executable(), arguments, input: input, environment: environment)
    }

    private func run(
        _ executable: URL,
        _ arguments: [String],
        input: String = "",
        environment: [String: String]
    ) throws -> Ending {
        let files = (
            input: try file("stdin", input), output: try file("stdout", ""), diagnosis: try file("stderr", "")
        )
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment.merging(["PATH": "/usr/bin:/bin"]) { own, _ in own }
        process.standardInput = try FileHandle(forReadingFrom: files.input)
        process.standardOutput = try FileHandle(forWritingTo: files.output)
        process.standardError = try FileHandle(forWritingTo: files.diagnosis)
        try process.run()
        process.waitUntilExit()
        return try Ending(
            status: process.terminationStatus,
            output: String(contentsOf: files.output, encoding: .utf8),
            diagnosis: String(contentsOf: files.diagnosis, encoding: .utf8)
        )
    }

    /// Writes a file into the folder.
    @discardableResult
    func file(_ name: String, _ text: String) throws -> URL {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file
    }

    /// The program lies beside the tests.
    static func executable() throws -> URL {
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        return URL(filePath: tests).deletingLastPathComponent().appending(path: "rekey")
    }
}
