import ArgumentParser
import ManagementAPI

/// The command `rekey queue list`.
struct QueueList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists stored messages, the latest first.",
        discussion: """
            Their content is never shown. In an ordered flow a message that waits names the one that must be completed or \
            discarded first.
            """
    )
    @Option(help: "Only messages of this flow.") var flow: String?
    @Option(help: "Only processing, retry, held, completed, failed or discarded ones.") var state: String?
    @Option(help: "Only the message of this name: the tenant's or the sender's (wsa:MessageID).") var id: String?
    @Option(help: "How many at the most.") var limit = 100
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let messages = try await server.withClient { client in
            try await client.messages(flow: flow, state: state, id: id, limit: limit)
        }
        try output.show(messages, as: QueueText.list)
    }
}
