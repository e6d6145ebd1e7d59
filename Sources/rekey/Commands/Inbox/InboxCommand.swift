import ArgumentParser
import ManagementAPI

/// `rekey inbox`: what was written to the person's role and organisation.
struct InboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inbox",
        abstract: "Shows what you were informed of, and takes your word that you read it.",
        subcommands: [
            InboxList.self, InboxShow.self, InboxAcknowledge.self, InboxDeliveries.self, InboxRetry.self,
        ],
        defaultSubcommand: InboxList.self
    )
}

/// The command `rekey inbox list`.
struct InboxList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "Lists what you have not acknowledged yet."
    )
    @Flag(help: "Also what you acknowledged.") var all = false
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let notifications = try await server.withClient { try await $0.notifications() }
        try output.show(notifications.filter { all || $0.acknowledgedAt == nil }, as: InboxText.list)
    }
}

/// The command `rekey inbox show`.
struct InboxShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show",
        abstract: "Shows one notification whole, with its certificate and the fingerprint to compare."
    )
    @Argument(help: "The notification.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let notifications = try await server.withClient { try await $0.notifications() }
        guard let found = notifications.first(where: { $0.id == id }) else {
            throw Failure("there is no notification \(id) to you", hint: "list yours with: rekey inbox --all")
        }
        try output.show(found, as: InboxText.show)
    }
}

/// The command `rekey inbox acknowledge`.
struct InboxAcknowledge: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "acknowledge",
        abstract: "Says that you read a notification; of a certificate, that you compared its fingerprint."
    )
    @Argument(help: "The notification.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.acknowledge(id) }, as: InboxText.show)
    }
}

/// The command `rekey inbox deliveries`.
struct InboxDeliveries: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "deliveries",
        abstract: "Shows what became of mails and webhooks (the tenant's own people)."
    )
    @Option(help: "waiting, sending, delivered or undeliverable.") var state: String?
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(server.withClient { try await $0.informs(state: state) }, as: InboxText.deliveries)
    }
}

/// The command `rekey inbox retry`.
struct InboxRetry: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry",
        abstract: "Has an undeliverable mail or event sent again, under the same Message-ID."
    )
    @Argument(help: "The delivery, as `rekey inbox deliveries` lists it.") var id: String
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show([server.withClient { try await $0.retryInform(id) }], as: InboxText.deliveries)
    }
}
