import ArgumentParser
import Messaging

/// The command `rekey flow check`.
struct FlowCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check",
        abstract: "Reads flow files and says what is wrong with them, without a tenant."
    )
    @Argument(help: "The flows' YAML files.", completion: .file()) var files: [String]
    @OptionGroup var output: OutputOptions

    /// A flow that could be deployed.
    private struct Finding: Encodable {
        let file: String
        let flow: String
    }

    func run() async throws {
        let findings = try files.map { file in
            do {
                return try Finding(
                    file: file,
                    flow: IntegrationFlow(yaml: FileInput.text(file), file: file).id.rawValue
                )
            } catch let error as FlowError {
                throw Failure(error.description, hint: error.mend, status: .configuration)
            }
        }
        try output.show(findings) { findings in
            findings.map { "\($0.file) is in order: the flow \($0.flow)" }.joined(separator: "\n")
        }
    }
}
