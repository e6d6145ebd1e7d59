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
        if arguments.first == "gateway" { return try runGateway(Array(arguments.dropFirst())) }
        if arguments.contains("--help") { return print(Options.usage) }
        let options = try Options(arguments)
        let folder = try workFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let commands = StackCommands(root: FileManager.default.currentDirectoryPath)
        let report = try Campaign(options: options, commands: commands, folder: folder).run()
        print(options.isJSON ? try json(report) : Table(report: report).text)
        let excesses = AllocationThreshold.excesses(in: report)
        if !excesses.isEmpty { fail(excesses.joined(separator: "\n"), status: 1) }
    }

    /// The program behind `scripts/bench gateway`.
    private static func runGateway(_ arguments: [String]) throws {
        if arguments.contains("--help") { return print(GatewayOptions.usage) }
        let options = try GatewayOptions(arguments)
        let folder = try workFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        Ending.remove(folder)
        let root = FileManager.default.currentDirectoryPath
        let campaign = try GatewayCampaign(options: options, root: root, folder: folder)
        if let minutes = options.soakMinutes { return try campaign.soak(minutes: minutes) }
        let report = try campaign.run()
        print(options.isJSON ? try json(report) : GatewayTable(report: report).text)
    }

    private static func workFolder() throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "rekey-bench-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    private static func json(_ report: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
        return String(decoding: try encoder.encode(report), as: UTF8.self)
    }

    private static func fail(_ text: String, status: Int32) -> Never {
        FileHandle.standardError.write(Data("bench: \(text)\n".utf8))
        exit(status)
    }
}
