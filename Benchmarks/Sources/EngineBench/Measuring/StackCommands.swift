import Foundation

/// How the processes are started.
struct StackCommands {
    /// The repository.
    let root: String

    /// The foreign stacks, in the order of the table.
    static let foreign = ["wss4j", "stax", "python-xmlsec", "zeep", "xmlsec1"]

    /// The command that serves `stack`; `nil` when it is not installed.
    func command(_ stack: String) -> [String]? {
        guard Self.foreign.contains(stack) else { return [URL(filePath: CommandLine.arguments[0]).path, "serve"] }
        let script = "\(root)/Peers/bench/\(stack)"
        return FileManager.default.isExecutableFile(atPath: script) ? [script] : nil
    }

    /// Whether a stack compiles itself while it runs.
    static func needsWarmUp(_ stack: String) -> Bool { stack == "wss4j" || stack == "stax" }
}
