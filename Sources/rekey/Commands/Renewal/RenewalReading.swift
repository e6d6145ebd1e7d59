import ArgumentParser
import ManagementAPI

/// The command `rekey renewal list`.
struct RenewalList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists the renewals, in the order in which they were planned."
    )
    @Option(help: "Only renewals of this key.") var alias: String?
    @Option(
        help: "Only planned, running, blocked, draining, retaining, completed, rolledBack, aborted or compromised ones."
    )
    var state: String?
    @Option(help: "Only renewals with this partner.") var partner: String?
    @Option(help: "Where the page begins: after this renewal.") var after: String?
    @Option(help: "How many at the most.") var limit = 100
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let page = try await server.withClient { client in
            try await client.renewals(alias: alias, state: state, partner: partner, after: after, limit: limit)
        }
        try output.show(page) { page in
            let table = RenewalText.list(page)
            guard page.count == limit, let last = page.last else { return table }
            return table + "\nmore: --after \(last.id)"
        }
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
