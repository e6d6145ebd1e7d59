import ArgumentParser
import ManagementAPI

/// The command `rekey flow list`.
struct FlowList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the integration flows.")
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.flows() }, as: FlowText.list)
    }
}

/// The command `rekey flow show`.
struct FlowShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a flow and the keys it names."
    )
    @Argument(help: "The flow's name.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let flows = try await server.withClient { try await $0.flows() }
        guard let flow = flows.first(where: { $0.id == id }) else {
            throw Failure("there is no flow \(id)", hint: "`rekey flow list` shows those there are")
        }
        try output.show(flow, as: FlowText.show)
    }
}

/// The command `rekey flow messages`.
struct FlowMessages: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "messages",
        abstract: "Shows what became of each flow's messages."
    )
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.messageSummary() }, as: FlowText.messages)
    }
}
