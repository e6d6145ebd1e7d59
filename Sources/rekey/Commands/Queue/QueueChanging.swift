import ArgumentParser
import ManagementAPI

/// The command `rekey queue retry`.
struct QueueRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Delivers a failed message again, for its flow's guaranteed delivery time."
    )
    @Argument(help: "The message, as `rekey queue list` names it.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.retryMessage(id) }) { QueueText.list([$0]) }
    }
}

/// The command `rekey queue discard`.
struct QueueDiscard: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "discard",
        abstract: "Gives a message up: its content is erased, its name and the reason are kept."
    )
    @Argument(help: "The message, as `rekey queue list` names it.") var id: String
    @Option(help: "Why it is not to be delivered.") var reason: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.discardMessage(id, reason: reason) }) {
            QueueText.list([$0])
        }
    }
}
