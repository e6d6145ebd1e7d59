import ArgumentParser
import ManagementAPI

/// `rekey audit`: the audit log.
struct AuditCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "audit",
        abstract: "Shows, exports and verifies the audit log.",
        subcommands: [AuditList.self, AuditExportCommand.self, AuditVerify.self]
    )
}

/// The command `rekey audit list`.
struct AuditList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "Shows the audit log.")
    @Option(help: "Show the entries after this one.") var after = 0
    @Option(help: "Show at most so many.") var limit = 1000
    @OptionGroup var server: ServerOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await output.show(
            server.withClient { try await $0.audit(after: after, limit: limit) },
            as: KeyText.audit
        )
    }
}
