import ArgumentParser
import ManagementAPI

/// The command `rekey flow hold`.
struct FlowHold: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hold",
        abstract: "Stops a flow's deliveries and goes on accepting.",
        discussion: """
            One-way messages are stored until the flow is released; requests with a reply wait, and get 503 with \
            Retry-After when that takes too long.
            """
    )
    @Argument(help: "The flow's name.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.holdFlow(id) }) { answer in
            answer.drained
                ? "\(answer.id) is held; none of its messages is under way"
                : "\(answer.id) is held; \(answer.inFlight) of its messages are still under way"
        }
    }
}

/// The command `rekey flow release`.
struct FlowRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Lets a held flow deliver what it has stored."
    )
    @Argument(help: "The flow's name.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.releaseFlow(id) }, as: FlowText.show)
    }
}
