import ArgumentParser
import ManagementAPI

/// The command `rekey flow deploy`.
struct FlowDeploy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deploy",
        abstract: "Deploys a stored flow, or stores and deploys the one that a file describes."
    )
    @Argument(help: "The flow's name.") var id: String
    @Option(help: "The flow's YAML file.", completion: .file()) var file: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let yaml = try file.map(FileInput.text)
        let flow = try await server.withClient { client in
            if let yaml { return try await client.putFlow(id, yaml: yaml) }
            return try await client.deployFlow(id)
        }
        try output.show(flow, as: FlowText.show)
    }
}

/// The command `rekey flow undeploy`.
struct FlowUndeploy: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "undeploy",
        abstract: "Undeploys a flow and waits for its messages under way.",
        discussion: "From then on its senders get 503 with Retry-After."
    )
    @Argument(help: "The flow's name.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.undeployFlow(id) }) { answer in
            answer.drained
                ? "\(answer.id) is undeployed; none of its messages is under way"
                : "\(answer.id) is undeployed; \(answer.inFlight) of its messages are still under way"
        }
    }
}
