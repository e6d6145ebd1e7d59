import Foundation
import Testing

@Suite("The example programs")
struct OrderExampleTests {
    @Test("talk over loopback; repeated and changed orders are refused")
    func run() throws {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        // The programs lie beside the tests.
        let tests = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = repository.appending(path: "Examples/run")
        process.arguments = [URL(filePath: tests).deletingLastPathComponent().path]
        let output = Pipe()
        process.standardOutput = output
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(
            text == """
                order 1: confirmed, 2 signed parts
                order 2: confirmed, 2 signed parts
                order 3: confirmed, 2 signed parts
                repeated order: refused
                changed order: refused, "The signature or decryption was invalid"

                """
        )
    }

    @Test("have a manifest of their own that lists the same sources and dependencies")
    func manifest() throws {
        let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let own = try String(contentsOf: repository.appending(path: "Examples/Package.swift"), encoding: .utf8)
        let whole = try String(contentsOf: repository.appending(path: "Package.swift"), encoding: .utf8)
        let folders = try FileManager.default
            .contentsOfDirectory(atPath: repository.appending(path: "Examples/Sources").path)
        for folder in folders {
            #expect(own.contains("\"\(folder)\"") && whole.contains("\"Examples/Sources/\(folder)\""), "\(folder)")
        }
        for line in own.split(separator: "\n") where line.contains(".package(url:") {
            #expect(whole.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
        }
    }
}
