import ArgumentParser
import ManagementAPI

/// The command `rekey renewal list`.
struct RenewalList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Lists the renewals.")
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.renewals() }, as: RenewalText.list)
    }
}

/// The command `rekey renewal show`.
struct RenewalShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows a renewal's steps, and who must do what next."
    )
    @Argument(help: "The renewal.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.renewal(id) }, as: RenewalText.show)
    }
}

/// The command `rekey renewal journal`.
struct RenewalJournal: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "journal", abstract: "Shows a renewal's journal.")
    @Argument(help: "The renewal.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.journal(of: id) }, as: RenewalText.journal)
    }
}

/// The command `rekey renewal notifications`.
struct RenewalNotifications: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "notifications",
        abstract: "Shows what your role and organisation were informed of."
    )
    @Option(help: "Confirm that you read this one.") var acknowledge: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let notifications = try await server.withClient { client in
            if let acknowledge { return try await [client.acknowledge(acknowledge)] }
            return try await client.notifications()
        }
        try output.show(notifications, as: RenewalText.notifications)
    }
}
