import Foundation

/// The program behind `scripts/bench engine`.
@main
enum EngineBench {
    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            fail("\(error)", status: 2)
        }
    }

    private static func run(_ arguments: [String]) throws {
        if arguments == ["serve"] {
            var server = try BenchServer(folder: FileManager.default.currentDirectoryPath)
            return server.run()
        }
        if arguments.contains("--help") { return print(Options.usage) }
        let options = try Options(arguments)
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let commands = StackCommands(root: FileManager.default.currentDirectoryPath)
        let report = try Campaign(options: options, commands: commands, folder: folder).run()
        if options.isJSON {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
            print(String(decoding: try encoder.encode(report), as: UTF8.self))
        } else {
            print(Table(report: report).text)
        }
        let excesses = AllocationThreshold.excesses(in: report)
        if !excesses.isEmpty { fail(excesses.joined(separator: "\n"), status: 1) }
    }

    private static func fail(_ text: String, status: Int32) -> Never {
        FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
        exit(status)
    }
}
